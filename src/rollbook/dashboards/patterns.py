"""Made-up data for the page of patterns: each component in each of its states."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from rollbook.dashboards.chart import RunChanges, draw
from rollbook.dashboards.forms import PersonForm
from rollbook.dashboards.queries.changes import ChangeLine, FieldChange
from rollbook.dashboards.queries.findings import FindingKind
from rollbook.dashboards.queries.ids import DecisionLine, PairLine
from rollbook.dashboards.queries.overview import DistrictState
from rollbook.dashboards.queries.paging import Choice
from rollbook.dashboards.queries.stages import StageLine
from rollbook.runs.models import Finding
from rollbook.runs.states import WORDS, Tone
from rollbook.validation.catalogue import rule_of


def samples() -> dict[str, Any]:
    """Return the context of the page of patterns."""
    return {
        "states": _states(),
        "all_words": list(WORDS.values()),
        "figures": [("Students", 1212), ("Teachers", 74), ("Schools", 3), ("Classes", 286)],
        "chart": draw(_runs()),
        "stages": _stages(),
        "choices": [Choice("All", 14, "?", True), Choice("Errors", 3, "?severity=error", False)],
        "kind": _finding(),
        "lines": _changes(),
        "form": _refused_form(),
        "pairs": _pairs(),
        "decisions": _decisions(),
        "tones": list(Tone),
    }


def _states() -> list[DistrictState]:
    return [
        DistrictState(
            Tone.GOOD,
            "All well: the roster of 1,212 students was last published today at 06:02.",
            "There is nothing to do.",
            None,
        ),
        DistrictState(
            Tone.WAIT,
            "The roster of 1,212 students was last published today at 06:02. 1 row was set aside "
            "and waits to be repaired.",
            "The district: repair what was found; the next delivery brings it in.",
            None,
        ),
        DistrictState(
            Tone.WAIT,
            "Run 12 waits for your decision; the roster published yesterday at 06:02 stays live.",
            "Read the reasons and the changes, then approve or discard the run.",
            None,
        ),
        DistrictState(
            Tone.BAD,
            "Run 13 had to stop; the roster published yesterday at 06:02 stays live.",
            "Read the reason, repair what it names, and deliver again.",
            None,
        ),
    ]


def _runs() -> list[RunChanges]:
    first = RunChanges(1, created=9_412, updated=0, removed=0, is_first_load=True)
    nights = ((0, 0, 0), (12, 31, 4), (3, 18, 22), (0, 9, 0), (41, 12, 6))
    return [
        first,
        *(
            RunChanges(number, created, updated, removed, is_first_load=False)
            for number, (created, updated, removed) in enumerate(nights, start=2)
        ),
    ]


def _stages() -> list[StageLine]:
    return [
        StageLine("Staging", "done", "good", "Done in 0.8 s", [("rows", 9_412)]),
        StageLine("Validation", "working", "moving", "Working", []),
        StageLine("Comparison", "ahead", "blank", "Still ahead", []),
        StageLine("Guard", "waiting", "wait", "Waits for a person", [("reasons to hold", 1)]),
        StageLine("Publishing", "stopped", "cross", "Stopped here", []),
        StageLine("Sharing", "skipped", "blank", "Not reached", []),
    ]


def _finding() -> FindingKind:
    code = "enrollments.userSourcedId.unknown"
    row = Finding(
        file="enrollments.csv",
        record=214,
        sourced_id="e-9731",
        field="userSourcedId",
        value="s-10442",
    )
    return FindingKind(code, "error", Tone.BAD, rule_of(code), 12, [row])


def _changes() -> list[ChangeLine]:
    moved = [FieldChange("grades", "04", "05"), FieldChange("email", "", "z.obrien@example.org")]
    return [
        ChangeLine("create", "Created", "People", "Amélie Duchêne", "s-2001", []),
        ChangeLine("update", "Updated", "People", "Zoë O’Brien-Ruiz", "s-1187", moved),
        ChangeLine(
            "rekey",
            "New id",
            "People",
            "Tomás Ibarra",
            "2027-0311",
            [FieldChange("sourcedId", "311", "2027-0311")],
        ),
        ChangeLine(
            "replace",
            "Replaced",
            "People",
            "Mateo Díaz",
            "s-1190",
            [
                FieldChange("familyName", "Okonkwo", "Díaz"),
                FieldChange("givenName", "Adaeze", "Mateo"),
            ],
        ),
        ChangeLine("abandon", "Removed", "Enrollments", "", "e-311", []),
    ]


def _pairs() -> list[PairLine]:
    new_id = PairLine(
        key="1",
        kind="The same person under another id, it seems",
        is_rekeyed=True,
        resource="People",
        was="311",
        sourced_id="2027-0311",
        name_before="Tomás Ibarra",
        name_after="Tomás Ibarra",
        evidence="E-mail, number",
        is_certain=True,
        met_by=12,
    )
    return [
        new_id,
        replace(
            new_id,
            key="2",
            kind="Another person under the same id, it seems",
            is_rekeyed=False,
            was="s-1190",
            sourced_id="s-1190",
            name_before="Adaeze Okonkwo",
            name_after="Mateo Díaz",
            evidence="Another name and birth date",
        ),
    ]


def _decisions() -> list[DecisionLine]:
    return [
        DecisionLine(
            what="312 ids of people",
            verdict="The same, under a new id",
            person="Miguel Núñez",
            when="Today, 06:02",
            reason="The new student information system gave new ids.",
            published_by=None,
        )
    ]


def _refused_form() -> PersonForm:
    return PersonForm({"email": "not an address", "role": "read_only"})
