from __future__ import annotations

from rollbook.commands.main import main

main()
