-- grain: one row per finding of an adapter, about a record or a whole file
create or replace table adapter_findings (
    code varchar,
    file varchar,
    record bigint,
    sourcedId varchar,
    field varchar,
    value varchar,
    rows bigint default 1
)
