"""What PostgreSQL itself says about the tables."""

from __future__ import annotations

import pytest
from tests.rosters import TABLES, session

from rollbook.oneroster import RESOURCES, Kind, Resource, fields_of

# Indexes that serve a table of a district and lead elsewhere, each with its reason.
LEADING_ELSEWHERE = {
    "districts_district_pkey": "the tenants themselves",
    "districts_membership_person": "a person's districts: asked at sign-in, before one is chosen",
    "sharing_connection_client": "an application's token: it says which district is meant",
    "sharing_connection_application": "deleting an application looks for its connections",
}

INDEXES = """
    select c.relname as index, t.relname as table, x.indisunique, x.indkey[0] as leading,
        a.attname as leading_name
    from pg_index x
    join pg_class c on c.oid = x.indexrelid
    join pg_class t on t.oid = x.indrelid
    join pg_namespace n on n.oid = t.relnamespace
    left join pg_attribute a on a.attrelid = t.oid and a.attnum = x.indkey[0]
    where n.nspname = 'public' and exists (
        select from pg_attribute d
        where d.attrelid = t.oid and d.attname = 'district_id' and not d.attisdropped
    )
    order by 1
"""


@pytest.mark.django_db
def test_every_index_of_a_districts_table_begins_with_the_district() -> None:
    rows = session().execute(INDEXES).fetchall()
    assert len(rows) > 15
    wrong = [
        name
        for name, _, _, _, leading in rows
        if leading != "district_id" and not name.startswith((*LEADING_ELSEWHERE,))
    ]
    assert wrong == []


@pytest.mark.django_db
def test_every_table_with_a_district_has_a_key_that_begins_with_it() -> None:
    tables = {table for _, table, _, _, _ in session().execute(INDEXES)}
    without = session().execute(
        "select c.table_name from information_schema.columns c "
        "where c.table_schema = 'public' and c.column_name = 'district_id'"
    )
    assert {table for (table,) in without} == tables


# Tables of Rollbook's own whose rows belong to no district.
OF_NO_DISTRICT = {
    "districts_district": "the tenants themselves; they have policies of their own",
    "sharing_application": "a program is the same for every district",
}


@pytest.mark.django_db
def test_every_table_of_rollbook_says_whose_its_rows_are() -> None:
    """A table that names no district would be seen by all of them."""
    from django.apps import apps

    ours = {m._meta.db_table for m in apps.get_models() if m.__module__.startswith("rollbook.")}
    with_district = {table for _, table, _, _, _ in session().execute(INDEXES)}
    assert ours - with_district == {*OF_NO_DISTRICT}


@pytest.mark.django_db
def test_every_table_of_districts_is_under_row_level_security() -> None:
    from rollbook.districts.policies import find_unsecured

    assert find_unsecured() == []
    policies = session().execute(
        "select c.relname, bool_or(p.polpermissive and p.polcmd = '*' and p.polroles = '{0}' "
        "and pg_get_expr(p.polqual, c.oid) like '%%district_id%%') "
        "from pg_class c join pg_policy p on p.polrelid = c.oid where c.relrowsecurity group by 1"
    )
    found = dict(policies.fetchall())
    tables = {table for _, table, _, _, _ in session().execute(INDEXES)}
    assert found == dict.fromkeys({*tables, "districts_district"}, True)


TYPES = {
    Kind.REF: "text",
    Kind.REFS: "text[]",
    Kind.TEXT: "text",
    Kind.LIST: "text[]",
    Kind.TYPED_IDS: "text[]",
    Kind.ENUM: "text",
    Kind.BOOLEAN: "boolean",
    Kind.DATE: "date",
    Kind.YEAR: "text",
}


@pytest.mark.django_db
@pytest.mark.parametrize("resource", RESOURCES)
def test_table_has_the_fields_of_its_resource(resource: Resource) -> None:
    columns = session().execute(
        "select attname, format_type(atttypid, atttypmod), attnotnull from pg_attribute "
        "where attrelid = %s::regclass and attnum > 0 and not attisdropped",
        [TABLES[resource]],
    )
    found = {name: (kind, is_required) for name, kind, is_required in columns}
    common = {
        "district_id", "served_id", "sourced_id", "uid", "change_number", "date_last_modified",
        "metadata",
    }  # fmt: skip
    fields = [it for it in fields_of(resource) if it.is_kept and it.kind is not Kind.ID]
    assert {*found} == common | {field.column for field in fields}
    for field in fields:
        is_required = field.required or field.is_list  # no list is an empty one
        assert found[field.column] == (TYPES[field.kind], is_required), field.name


@pytest.mark.django_db
def test_ids_are_compared_byte_by_byte() -> None:
    """So that no locale of a server orders, or equates, two ids in another way than DuckDB."""
    rows = session().execute(
        "select c.relname, a.attname from pg_attribute a join pg_class c on c.oid = a.attrelid "
        "join pg_collation l on l.oid = a.attcollation where c.relkind = 'r' "
        "and (c.relname like 'roster%%' or c.relname = 'sharing_grant') "
        "and a.attname in ('served_id', 'sourced_id') and l.collname <> 'C'"
    )
    assert rows.fetchall() == []


def test_every_model_says_which_personal_data_it_holds_and_when_it_goes() -> None:
    from django.apps import apps

    silent = []
    for model in apps.get_models():
        if model.__module__.startswith("rollbook."):
            text = " ".join((model.__doc__ or "").split())
            if "Personal data:" not in text or not (
                "Removed:" in text or "Personal data: none." in text
            ):
                silent.append(model.__name__)
    assert silent == []
