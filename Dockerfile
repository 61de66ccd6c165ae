# One image for web and worker. It runs as an ordinary user: with DATABASE_URL for a server, or without it
# with Rollbook's own PostgreSQL in the volume /data. Not built by `make check`, which needs no container
# engine: build it once after changing it.
FROM python:3.11-slim-bookworm

ENV PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONPATH=/srv/rollbook/src \
    ROLLBOOK_DATA=/data \
    ROLLBOOK_WEB_BIND=0.0.0.0:8000

RUN useradd --create-home --uid 10001 rollbook && install --directory --owner rollbook --mode 700 /data

WORKDIR /srv/rollbook
COPY requirements/base.txt requirements/base.txt
RUN pip install --no-cache-dir --require-hashes --requirement requirements/base.txt
COPY src src
RUN printf '#!/bin/sh\nexec python -m rollbook.commands "$@"\n' > /usr/local/bin/rollbook \
    && chmod +x /usr/local/bin/rollbook

USER rollbook
VOLUME /data
EXPOSE 8000
# Web and worker finish what they are doing; allow them more than ROLLBOOK_STOP_SECONDS.
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s CMD \
    ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
ENTRYPOINT ["rollbook"]
CMD ["up"]
