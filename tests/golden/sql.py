"""`make sql`: print the SQL of every rule."""

from __future__ import annotations

import sys

from tests.golden.renew import rules_text

if __name__ == "__main__":
    sys.stdout.write(rules_text())
