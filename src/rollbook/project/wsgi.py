"""What the web server calls for each request. Who serves it works as the web's role."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rollbook.project.settings")

from rollbook.project.roles import work_as_web

work_as_web()
application = get_wsgi_application()
