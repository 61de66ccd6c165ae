-- grain: one row per finding; `row` is the row that it is about, none for a whole file
create or replace table findings (
    resource varchar,
    code varchar,
    severity varchar,
    drops_value boolean default false,
    row bigint,
    file varchar,
    record bigint,
    line bigint,
    sourcedId varchar,
    field varchar,
    value varchar,
    rows bigint default 1
)
