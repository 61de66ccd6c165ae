"""Which rules look at which field: the rule files joined with the field table, as ready SQL."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from rollbook.oneroster import Field, Kind, Resource, fields_of
from rollbook.sqlfiles import read_sql
from rollbook.validation.catalogue import Rule, rules_in


@dataclass(frozen=True, slots=True)
class CompiledRule:
    """A rule about one field, ready to run.

    Attributes:
        sql: A condition on a row `t`, or a select of the bad rows; `catalogue.py` says which.
    """

    code: str
    field: str
    sql: str
    needs: tuple[Resource, ...] = ()


@cache
def conditions_of(resource: Resource) -> tuple[CompiledRule, ...]:
    """Return the conditions that make a row of a resource a bad one."""
    return tuple(_compiled("conditions", resource))


@cache
def row_rules_of(resource: Resource) -> tuple[CompiledRule, ...]:
    """Return the other rules that need nothing but the rows of one file."""
    return tuple(_compiled("rows", resource))


@cache
def reference_rules_of(field: Field) -> tuple[CompiledRule, ...]:
    """Return the rules about what a field names."""
    return tuple(
        rule for rule in _compiled("references", field.resource) if rule.field == field.name
    )


@cache
def circumstances_of(resource: Resource) -> tuple[CompiledRule, ...]:
    """Return the conditions on a record that need to know what stands around it."""
    return tuple(_compiled("circumstances", resource))


@cache
def relation_rules_of(resource: Resource) -> tuple[CompiledRule, ...]:
    """Return the rules that look at a resource among the others."""
    return tuple(_compiled("relations", resource))


@cache
def references_of(resource: Resource) -> tuple[Field, ...]:
    """Return the fields of a resource that name other records; demographics name their user."""
    return tuple(field for field in fields_of(resource) if field.refers_to)


def named(field: Field) -> str:
    """Return a subquery of the records that a field names: row, file, record, sourcedId, value."""
    name = "named_many" if field.is_list else "named_one"
    return read_sql("rollbook.validation", name, resource=field.resource, field=field.name)


def compared_columns(resource: Resource) -> str:
    """Return what makes two rows of one id the same row."""
    columns = [f't."{field.name}"' for field in fields_of(resource) if field.is_kept]
    return ", ".join([*columns, "t.metadata", "coalesce(t.status, 'active')"])


def _compiled(phase: str, resource: Resource) -> Iterator[CompiledRule]:
    for rule in rules_in(phase):
        for field in fields_of(resource):
            if _is_about(rule, field) and not field.is_secret:
                yield _compile(rule, field)


def _is_about(rule: Rule, field: Field) -> bool:
    if not rule.applies:
        return rule.code.startswith(f"{field.resource}.{field.name}.")
    return not {f"-{name}" for name in _names(field)}.intersection(rule.applies) and bool(
        _names(field).intersection(rule.applies)
    )


def _names(field: Field) -> set[str]:
    """Return the words by which a rule may say that it is about a field."""
    names = {str(field.kind), f"{field.resource}.{field.name}", f"*.{field.name}"}
    if field.required:
        names.add("required")
    if field.refers_to:
        names.add("reference")
    if field.required and field.kind is Kind.REFS:
        names.add("required_refs")
    return names


def _compile(rule: Rule, field: Field) -> CompiledRule:
    words = field.values or ("true", "false")
    statement = rule.statement.strip()
    names = {
        "resource": str(field.resource),
        "field": field.name,
        "target": str(field.refers_to or ""),
        "values": ", ".join(f"'{word}'" for word in words),
        "unless_extended": _unless_extended(field),
        "named": named(field) if field.refers_to else "",
    }
    for name, text in names.items():
        statement = statement.replace("{" + name + "}", text)
    code = rule.code.replace("{resource}", str(field.resource)).replace("{field}", field.name)
    return CompiledRule(code, field.name, statement, rule.needs)


def _unless_extended(field: Field) -> str:
    """Return what lets words of a vocabulary of one's own pass. Source: fact base section 7."""
    if not field.is_extensible:
        return ""
    return f"\nand not regexp_full_match(t.\"{field.name}\", 'ext:[a-zA-Z0-9._-]+')"
