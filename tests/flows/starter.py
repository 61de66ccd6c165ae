"""Runs PostgreSQL in a folder until it is told to end: `python -m tests.flows.starter FOLDER`.

What a test breaks must not be the server of all the others.
"""

from __future__ import annotations

import sys
from pathlib import Path

from rollbook.postgres.server import embedded_server


def main(folder: Path) -> None:
    with embedded_server(folder, settings={"shared_buffers": "32MB"}) as server:
        sys.stdout.write(f"{server.dsn}\n")
        sys.stdout.flush()
        sys.stdin.read()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
