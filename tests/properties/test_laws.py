"""Laws that hold for every district, whatever it sends."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st
from tests.packages import Package, Style
from tests.properties.districts import STYLES, packages, pairs
from tests.rosters import (
    deliver,
    differences,
    expected_roster,
    faults_of,
    make_district,
    records_of,
    roster_of,
)
from tests.stages import check

from rollbook.oneroster import RESOURCES, Resource, Version, fields_of, resources_of
from rollbook.runs.models import IdentityPair, PairVerdict
from rollbook.validation.catalogue import is_error
from rollbook.validation.severity import Severity

# Each example is a run or three. What fails is small enough to be read as it was found.
FEW = settings(
    max_examples=3,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def naive_records(package: Package) -> dict[Resource, dict[str, dict[str, str | None]]]:
    """Return what a package says, as plain dictionaries."""
    return {
        resource: {
            row["sourcedId"]: {
                **{
                    field.name: row.get(field.name) or None
                    for field in fields_of(resource, Version.V1_1)
                    if field.is_kept
                },
                "metadata.note": row.get("metadata.note") or None,
            }
            for row in package.rows[resource]
        }
        for resource in resources_of(Version.V1_1)
    }


def naive_changes(before: Package, after: Package) -> dict[Resource, dict[str, str]]:
    """Compare two packages by hand: the same answer by another road."""
    changes: dict[Resource, dict[str, str]] = {}
    old, new = naive_records(before), naive_records(after)
    for resource in resources_of(Version.V1_1):
        # A column that is not there says nothing: what is published of it stays.
        note_is_stated = "metadata.note" in after.columns[resource]
        found = {}
        for sourced_id in {*old[resource], *new[resource]}:
            was, will_be = old[resource].get(sourced_id), new[resource].get(sourced_id)
            if was and will_be and not note_is_stated:
                will_be = {**will_be, "metadata.note": was["metadata.note"]}
            if was is None:
                found[sourced_id] = "create"
            elif will_be is None:
                found[sourced_id] = "abandon"
            elif was != will_be:
                found[sourced_id] = "update"
        if found:
            changes[resource] = found
    return changes


@FEW
@given(pairs(), STYLES, STYLES)
def test_comparison_agrees_with_a_naive_one(
    two: tuple[Package, Package], first: Style, second: Style
) -> None:
    before, after = two
    with TemporaryDirectory() as folder:
        base = Path(folder)
        published = check(before, base, style=first)
        assert Severity.ERROR not in published.valid.severity_counts
        changed = check(after, base, published=published.snapshot(), style=second)
        assert Severity.ERROR not in changed.valid.severity_counts
        assert changed.all_changes == naive_changes(before, after)
        again = check(after, base, published=changed.snapshot(), style=first)
        assert again.changes.is_empty


@FEW
@given(packages(), packages(), STYLES, st.randoms(use_true_random=False))
def test_order_of_rows_and_style_do_not_matter(
    before: Package, package: Package, style: Style, chance: Any
) -> None:
    shuffled = package.copy()
    for rows in shuffled.rows.values():
        chance.shuffle(rows)
    with TemporaryDirectory() as folder:
        base = Path(folder)
        published = check(before, base).snapshot()
        plain = check(package, base, published=published)
        other = check(shuffled, base, published=published, style=style)
        assert other.changes.digest == plain.changes.digest
        assert other.changes.counts == plain.changes.counts
        assert other.all_changes == plain.all_changes


def expect_published(package: Package, style: Style, before: Package | None = None) -> None:
    """Deliver, perhaps after another package, read the roster back, and deliver again.

    Where ids only look written otherwise a person decides what is what: that is another law's.
    """
    from django.db import transaction

    with transaction.atomic():
        district = make_district()
        if before:
            deliver(district, before)
        run = deliver(district, package, style)
        if run.state == "held":
            run.approved_digest = run.digest
            run.save(update_fields=["approved_digest"])
            from rollbook import pipeline

            pipeline.run_sync(district.pk, run.number)
            run.refresh_from_db()
        waiting = IdentityPair.objects.filter(verdict=PairVerdict.WAITING)
        assume(not waiting.filter(district_id=district.pk).exists())
        errors = [code for code in run.finding_counts if is_error(code)]
        assert [code for code in errors if ".drift." not in code] == []  # those were approved
        assert run.state in ("published", "unchanged")
        if before is None or all(
            package.columns[resource] == before.columns[resource]
            for resource in resources_of(Version.V1_1)
        ):
            assert differences(roster_of(district.pk), expected_roster(package)) == []
        assert faults_of(district.pk) == []
        records = {resource: records_of(district.pk, resource) for resource in RESOURCES}
        assert deliver(district, package, style).state == "unchanged"
        assert {name: records_of(district.pk, name) for name in RESOURCES} == records
        transaction.set_rollback(True)


@pytest.mark.django_db
@FEW
@given(packages(), STYLES)
def test_what_is_delivered_is_in_the_roster_and_twice_is_once(
    package: Package, style: Style
) -> None:
    expect_published(package, style)


@pytest.mark.django_db
@FEW
@given(pairs(), STYLES)
def test_second_delivery_leaves_what_it_says(two: tuple[Package, Package], style: Style) -> None:
    expect_published(two[1], style, before=two[0])


@pytest.mark.slow
@pytest.mark.django_db
@settings(FEW, max_examples=8)
@given(pairs(), STYLES)
def test_second_delivery_leaves_what_it_says_at_length(
    two: tuple[Package, Package], style: Style
) -> None:
    expect_published(two[1], style, before=two[0])
