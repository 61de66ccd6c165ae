"""`filter`, `sort` and `fields`, as far as they are understood: not yet.

A filter is refused, because ignoring it would give more than was asked for. A sort or a selection
of fields is passed over with a warning: the answer has all that was wanted, in the usual order.

Source: OneRoster 1.1 REST, filtering, sorting, field selection; fact base section 13.
"""

from __future__ import annotations

from django.http import QueryDict

from rollbook.provider.errors import BlankSelectionError, FilterError
from rollbook.provider.oneroster.status_info import StatusInfo, warning


def read_selection(query: QueryDict) -> list[StatusInfo]:
    """Return the warnings that belong into the answer.

    Raises:
        FilterError: There is a filter.
        BlankSelectionError: `fields` names no field.
    """
    if "filter" in query:
        raise FilterError("filter is not supported here yet. Ask without it and filter yourself.")
    if "fields" in query and not query.get("fields", "").strip(" ,"):
        raise BlankSelectionError("fields is blank. Name the fields wanted, or leave it out.")
    warnings = []
    if "fields" in query:
        text = "fields is not supported here yet: the records have all their fields."
        warnings.append(warning(text, "invalid_selection_field"))
    if "sort" in query:
        text = "sort is not supported here yet: the records are in the order of sourcedId."
        warnings.append(warning(text, "invalid_sort_field"))
    return warnings
