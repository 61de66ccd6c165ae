"""What tests of the past have in common: a chain of deliveries, restores, and what was then."""

from __future__ import annotations

from typing import Any

from tests.packages import Package


def restore(run: Any, *, school: str = "", person: Any = None) -> list[Any]:
    """Restore a run, and approve what the guard holds, as a person would."""
    from rollbook.history.restores import restore_run

    restores = restore_run(run, school=school, acting_user=person, reason="A bad export.")
    for it in restores:
        go_on(it)
        if it.state == "held" and person is not None:
            approve(it, person)
    return restores


def go_on(run: Any) -> Any:
    from rollbook import pipeline

    pipeline.run_sync(run.district_id, run.number)
    run.refresh_from_db()
    return run


def approve(run: Any, person: Any) -> Any:
    from rollbook.runs.decisions import approve_run

    approve_run(run, digest=run.digest, reason="It is right.", acting_user=person)
    run.refresh_from_db()
    return go_on(run)


def renamed(package: Package, **names: str) -> Package:
    """Return the package with other given names: stu_1="Ann"."""
    from tests.packages import USERS

    other = package.copy()
    for key, name in names.items():
        other.row(USERS, key.replace("_", "-"))["givenName"] = name
    return other
