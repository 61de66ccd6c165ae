"""Brings deliveries to an installation of its own: `python -m tests.flows.deliverer N FOLDER…`.

Makes N districts, connects an application that sees everything, and queues one run for each
package and district, day by day. No worker is at work yet.
"""

from __future__ import annotations

import sys
from pathlib import Path


def main(districts_count: int, packages: list[Path]) -> None:
    import django

    django.setup()
    from tests.rosters import make_district, receive

    from rollbook.sharing.credentials import connect_application
    from rollbook.sharing.grants import set_rule
    from rollbook.sharing.models import SharingRule

    districts = [make_district(f"District-{number}") for number in range(districts_count)]
    for district in districts:
        connection, _ = connect_application(district, "Hub", acting_user=None)
        set_rule(connection, SharingRule.ALL)
    for package in packages:
        files = {path.name: path.read_bytes() for path in package.iterdir()}
        for district in districts:
            receive(district, files)


if __name__ == "__main__":
    main(int(sys.argv[1]), [Path(argument) for argument in sys.argv[2:]])
