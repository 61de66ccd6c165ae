"""Two questions for whoever watches the installation: does it live, and can it do its work?"""

from __future__ import annotations

from django.db import DatabaseError, ProgrammingError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from rollbook.districts.policies import find_unsecured


@require_safe
@never_cache
def lives(request: HttpRequest) -> JsonResponse:
    """Answer that the process serves requests. What else is wrong, a restart would not repair."""
    return JsonResponse({"status": "ok"})


@require_safe
@never_cache
def is_ready(request: HttpRequest) -> JsonResponse:
    """Answer whether requests can be served, and if not, what is missing."""
    missing = find_missing()
    if missing:
        return JsonResponse({"status": "not ready", "missing": missing}, status=503)
    return JsonResponse({"status": "ready"})


def find_missing() -> list[str]:
    """Return what keeps Rollbook from working, a sentence each that says what to do."""
    try:
        executor = MigrationExecutor(connection)
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
        if plan:
            return [f"{len(plan)} database migrations are not applied. Run `rollbook migrate`."]
        if unsecured := find_unsecured():
            return [
                f"Nothing separates districts in {', '.join(unsecured)}. Run `rollbook migrate`."
            ]
    except ProgrammingError:
        return ["The web's role may not read the tables. Run `rollbook migrate`."]
    except DatabaseError:
        return ["The database does not answer. Start PostgreSQL, or correct DATABASE_URL."]
    return []
