"""A district's policy: what it may say, and which of its rules counts where."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from rollbook.diff.measures import SUBJECTS, resource_of
from rollbook.guard.data import Policy, Rules, Setting
from rollbook.guard.errors import PolicyError
from rollbook.guard.guards import (
    GUARDS,
    HIGHEST_OF_TERMS,
    WITHOUT_FLOOR,
    Guard,
    default_of,
    guard_named,
)
from rollbook.oneroster import Resource

_NAMES = tuple(guard.name for guard in GUARDS)
_MOST = 1_000  # were more records no matter, a guard would be off without saying so
_PARTS = ("on", "percent", "records", "per_school")


def setting_for(
    policy: Policy, guard: Guard, subject: str, *, school: str | None = None
) -> Setting:
    """Return what counts for a guard, a subject and a school.

    A rule of a school wins over one of a kind of record, that over one of its resource, that over
    one of the district, and that over the default. Where no removal is small by default, only a
    rule of that resource makes some small.
    """
    setting = default_of(guard, subject)
    resource = str(resource_of(subject)) if subject else ""
    scopes = ["district", *dict.fromkeys([f"resources.{resource}", f"resources.{subject}"])]
    if school is not None:
        scopes.append(f"schools.{school}")
    for rules in policy.layers:
        for scope in scopes:
            said = dict(rules.get(scope, {}).get(guard.name, {}))
            if resource in WITHOUT_FLOOR and scope == "district":
                said.pop("records", None)
            setting = replace(setting, **said)
    return setting


def read_policy(value: Mapping[str, Any]) -> Policy:
    """Return the policy that a file or a form says.

    The shape is `removals_wait = true`, and tables `[district]`, `[resources.<subject>]` and
    `[schools.<sourcedId>]` with a setting for each guard: `removals = { percent = 20 }`.

    Raises:
        PolicyError: It says what no policy can say; every problem is a sentence.
    """
    problems = [*_problems(value)]
    if problems:
        raise PolicyError(problems)
    rules = {"district": value["district"]} if value.get("district") else {}
    for group in ("resources", "schools"):
        rules |= {f"{group}.{name}": it for name, it in value.get(group, {}).items()}
    return Policy(layers=(rules,) if rules else (), removals_wait=value.get("removals_wait", False))


def read_override(value: Mapping[str, Any]) -> Rules:
    """Return the rules that count for one run.

    Raises:
        PolicyError: As for a policy; and `removals_wait` is none of a run's.
    """
    if "removals_wait" in value:
        raise PolicyError(
            ["removals_wait is chosen when a run is approved, or in the policy; not for one run."]
        )
    layers = read_policy(value).layers
    if not layers:
        raise PolicyError(["Nothing is set, so the run would be judged like any other."])
    return layers[0]


def _problems(value: Mapping[str, Any]) -> Iterator[str]:
    for name in value:
        if name not in ("removals_wait", "district", "resources", "schools"):
            yield (
                f"{name!r} is not known; a policy has removals_wait, district, resources and "
                "schools."
            )
    if not isinstance(value.get("removals_wait", False), bool):
        yield "removals_wait is true or false."
    yield from _problems_of_scope("district", "", value.get("district", {}))
    for group in ("resources", "schools"):
        scopes = value.get(group, {})
        if not isinstance(scopes, Mapping):
            yield f"{group} has a table for each of them."
            continue
        for name, rules in scopes.items():
            if group == "resources" and name not in SUBJECTS:
                yield f"{group}.{name} is not known; there are {', '.join(SUBJECTS)}."
            else:
                subject = name if group == "resources" else ""
                yield from _problems_of_scope(f"{group}.{name}", subject, rules)


def _problems_of_scope(scope: str, subject: str, rules: object) -> Iterator[str]:
    if not isinstance(rules, Mapping):
        yield f"{scope} has a setting for each guard: removals = {{ percent = 20 }}."
        return
    for name, said in rules.items():
        if name not in _NAMES:
            yield f"{scope}: there is no guard {name!r}; there are {', '.join(_NAMES)}."
        elif not isinstance(said, Mapping):
            yield f"{scope}.{name} is a table: {{ percent = 20 }}."
        else:
            yield from _problems_of_setting(f"{scope}.{name}", guard_named(name), subject, said)


def _problems_of_setting(
    where: str, guard: Guard, subject: str, said: Mapping[str, Any]
) -> Iterator[str]:
    for part, value in said.items():
        if part not in _PARTS:
            yield f"{where}: {part!r} is not known; a setting has {', '.join(_PARTS)}."
        elif part in ("on", "per_school"):
            if not isinstance(value, bool):
                yield f"{where}.{part} is true or false."
        elif part == "records":
            if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= _MOST:
                yield f"{where}.records is a whole number from 0 to {_MOST:,}."
        else:
            yield from _problems_of_percent(where, guard, subject, value)
    if guard.is_of_district and (where.startswith("schools.") or said.get("per_school")):
        yield f"{where} says nothing: this guard looks at the district as a whole."
    if guard.is_fixed and said.get("on") is False:
        yield f"{where} cannot be switched off: no mass removal goes without a person's yes."


def _problems_of_percent(where: str, guard: Guard, subject: str, value: object) -> Iterator[str]:
    if guard.default.percent is None:
        yield f"{where} has no share, so percent says nothing there."
        return
    is_terms = subject == Resource.ACADEMIC_SESSIONS
    highest = max(HIGHEST_OF_TERMS, guard.highest) if is_terms else guard.highest
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if not is_number or not 0 <= value <= highest:  # type: ignore[operator]
        yield f"{where}.percent is a number from 0 to {highest:g}."
