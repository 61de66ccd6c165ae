"""Answer what pages ask about the past, in a worker, ready to show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from django.utils import timezone

from rollbook.diff.data import ChangeSet
from rollbook.diff.records import count_by_school, read_changes
from rollbook.history.compare import compare_rosters
from rollbook.history.errors import HistoryError
from rollbook.history.models import Inquiry, InquiryKind
from rollbook.history.rosters import fetch_roster, find_kept_run
from rollbook.history.timeline import Story, tell_stories
from rollbook.staging.data import Workspace
from rollbook.workspace import open_folder

SHOWN_PER_KIND = 200  # records of each resource and kind of change; the command lists all
_SCHOOLS_SHOWN = 500


def answer_inquiry(district_id: int, number: int) -> None:
    """Answer a question once; one that was erased meanwhile is nobody's any more."""
    inquiry = Inquiry.objects.filter(
        district_id=district_id, number=number, answered_at=None
    ).first()
    if inquiry is None:
        return
    answer: dict[str, Any] = {}
    problem = ""
    with open_folder(f"{district_id}-inquiry-{number}-") as workspace:
        try:
            answer = _answer(inquiry, workspace)
        except HistoryError as error:
            problem = str(error)
        except Exception:
            _close(inquiry, {}, "Rollbook made a mistake of its own. Whoever runs it can see why.")
            raise
    _close(inquiry, answer, problem)


def _answer(inquiry: Inquiry, workspace: Workspace) -> dict[str, Any]:
    if inquiry.kind == InquiryKind.COMPARE:
        return _compare(inquiry.district_id, inquiry.about, workspace)
    stories = tell_stories(inquiry.district_id, inquiry.about["record"], workspace.folder)
    return {"stories": [story_as_json(story) for story in stories]}


def _compare(district_id: int, about: Mapping[str, Any], workspace: Workspace) -> dict[str, Any]:
    before, after = (
        fetch_roster(find_kept_run(district_id, about[side]), folder=workspace.folder / side)
        for side in ("before", "after")
    )
    return comparison_as_json(compare_rosters(before, after, workspace))


def comparison_as_json(changes: ChangeSet) -> dict[str, Any]:
    """Return counts, schools and the first changes of each resource and kind."""
    return {
        "counts": {str(name): asdict(it.kinds) for name, it in changes.counts.items()},
        "schools": [
            {
                "name": school.name or school.sourced_id,
                "counts": {name: asdict(it) for name, it in school.counts.items()},
            }
            for school in count_by_school(changes)[:_SCHOOLS_SHOWN]
        ],
        "changes": [
            {
                "resource": str(it.resource),
                "change": it.change,
                "sourced_id": it.sourced_id,
                "was": it.was,
                "label": it.label,
                "fields": it.fields,
            }
            for it in read_changes(changes, most_of_each=SHOWN_PER_KIND)
        ],
    }


def story_as_json(story: Story) -> dict[str, Any]:
    """Return a story for a page or a program."""
    return {
        "resource": str(story.resource),
        "served_id": story.served_id,
        "events": [{**asdict(event), "at": event.at.isoformat()} for event in story.events],
    }


def _close(inquiry: Inquiry, answer: dict[str, Any], problem: str) -> None:
    Inquiry.objects.filter(pk=inquiry.pk).update(
        answer=answer, problem=problem, answered_at=timezone.now()
    )
