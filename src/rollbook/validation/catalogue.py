"""Every rule in words: what a finding means, how it is repaired and by whom.

Rules about rows are described at the head of their SQL file, rules about files in `reading.toml`,
rules about what changed since the last delivery in `drift.toml`. In the order in which they run,
the folders of `sql/rules/` hold:

- `conditions`: true of a bad row `t`, told by that row alone. All of a resource run as one scan.
- `rows`: a select of bad rows, told by the rows of one file.
- `references`: a select of bad rows, about what a field names.
- `circumstances`: true of a record `t` of `seen_<resource>`: what it will be, and what stands
  around it. All of a resource run as one scan.
- `relations`: a select over `live_<resource>`, the records of the roster as they will be, and the
  tables of `sql/facts/`.

The last two cannot set rows aside: when they run, that is decided. A select may give `rows`, where
one finding stands for several.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from rollbook.oneroster import Field, Resource, fields_of
from rollbook.validation.severity import Severity


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule.

    Attributes:
        code: `<resource>.<field>.<problem>`, public and stable. In the catalogue it may hold
            `{resource}` and `{field}`, which `rule_of` fills in.
        optional: The severity where the field is optional or one of a list.
        stops: The run cannot go on.
        who: Who acts: district, SIS vendor, application or Rollbook's operator.
        strict: The severity when a package is held to the letter of the standard.
        applies: Which fields the rule is about: kinds of field, `required`, `reference`,
            `users.email`, `*.grades`. Empty for rules whose code names the field.
        drops_value: The value cannot be used: where the row goes on, it goes on without it.
        needs: Resources without which nothing can be said: the rule then does not run.
        statement: The SQL of a rule about rows.
    """

    code: str
    severity: Severity
    title: str
    meaning: str
    repair: str
    who: str
    source: str
    optional: Severity | None = None
    stops: bool = False
    strict: Severity | None = None
    applies: tuple[str, ...] = ()
    drops_value: bool = False
    needs: tuple[Resource, ...] = ()
    statement: str = ""

    @property
    def problem(self) -> str:
        """The last part of the code, unique in the catalogue."""
        return self.code.rsplit(".", 1)[-1]


@cache
def rule_of(code: str) -> Rule:
    """Return the rule behind a finding's code, its texts about that very field.

    Raises:
        KeyError: No rule has such a code.
    """
    for rule in sorted(all_rules(), key=lambda rule: rule.code.count("{")):
        if match := re.fullmatch(_pattern(rule.code), code):
            return _about(rule, code, match.groupdict())
    raise KeyError(code)


def severity_of(code: str, *, strict: bool = False) -> Severity:
    """Return how much findings of a code weigh, in practice or to the letter of the standard."""
    rule = rule_of(code)
    return (rule.strict or rule.severity) if strict else rule.severity


def is_error(code: str) -> bool:
    """Whether a finding of this code sets its row aside or stops the run."""
    return rule_of(code).severity is Severity.ERROR


@cache
def all_rules() -> tuple[Rule, ...]:
    """Return the catalogue: rules about files and drift first, then rules about rows by name."""
    return (*file_rules("reading.toml"), *file_rules("drift.toml"), *_row_rules())


def _pattern(code: str) -> str:
    return (
        re.escape(code)
        .replace(r"\{resource\}", r"(?P<resource>\w+)")
        .replace(r"\{field\}", r"(?P<field>\w+)")
    )


def _about(rule: Rule, code: str, names: dict[str, str]) -> Rule:
    field = _find_field(names)
    words = {
        **names,
        "choices": ", ".join(field.values or ("true", "false")) if field else "",
        "target": str(field.refers_to) if field else "",
    }
    severity = rule.severity
    if rule.optional and field and (not field.required or field.is_list):
        severity = rule.optional
    return replace(
        rule,
        code=code,
        severity=severity,
        optional=None,
        title=_fill(rule.title, words),
        meaning=_fill(rule.meaning, words),
        repair=_fill(rule.repair, words),
        source=_fill(rule.source, words),
    )


def _find_field(names: dict[str, str]) -> Field | None:
    if "field" not in names or names.get("resource") not in tuple(Resource):
        return None
    fields = fields_of(Resource(names["resource"]))
    return next((field for field in fields if field.name == names["field"]), None)


def _fill(text: str, words: dict[str, str]) -> str:
    for name, word in words.items():
        text = text.replace("{" + name + "}", word)
    return text


@cache
def file_rules(name: str) -> tuple[Rule, ...]:
    """Return the rules of `reading.toml` or `drift.toml`."""
    text = files("rollbook.validation").joinpath(name).read_text(encoding="utf-8")
    return tuple(
        _rule(code, words, stops=words.get("stops", False))
        for code, words in tomllib.loads(text).items()
    )


def _row_rules() -> Iterator[Rule]:
    for phase in PHASES:
        yield from rules_in(phase)


PHASES = ("conditions", "rows", "references", "circumstances", "relations")


@cache
def rules_in(phase: str) -> tuple[Rule, ...]:
    """Return the rules of one folder of `sql/rules/`, by name."""
    folder = files("rollbook.validation").joinpath("sql", "rules", phase)
    paths = sorted(folder.iterdir(), key=lambda path: path.name)
    return tuple(read_rule(path.read_text(encoding="utf-8")) for path in paths)


def read_rule(sql: str) -> Rule:
    """Read a rule from its file: the words at the head, then the statement."""
    lines = sql.splitlines()
    head = [line.removeprefix("-- ") for line in lines if line.startswith("-- ")]
    words = dict(line.split(": ", 1) for line in head[1:])
    statement = "\n".join(line for line in lines if not line.startswith("-- "))
    return replace(_rule(head[0], words, stops=False), statement=statement)


def _rule(code: str, words: Mapping[str, str], *, stops: bool) -> Rule:
    return Rule(
        code=code,
        severity=Severity(words["severity"]),
        title=words["title"],
        meaning=words["meaning"],
        repair=words["repair"],
        who=words["who"],
        source=words["source"],
        optional=Severity(words["optional"]) if "optional" in words else None,
        stops=stops,
        strict=Severity(words["strict"]) if "strict" in words else None,
        applies=tuple(words.get("applies", "").split()),
        drops_value=words.get("drops") == "value",
        needs=tuple(Resource(name) for name in words.get("needs", "").split()),
    )
