-- grain: one row per row of {resource} that does not go on
-- Of rows that differ under one id the first goes on when nothing was published under it.
create or replace table "set_aside_{resource}" as
with bad as (
    select
        f.row,
        any_value(f.sourcedId) as sourcedId,
        bool_and(f.code = '{resource}.sourcedId.duplicate') as is_only_duplicate,
        bool_and(f.code = '{resource}.sourcedId.repeated') as is_repeated
    from findings as f
    where
        f.resource = '{resource}'
        and f.row is not null
        and (f.severity = 'error' or f.code = '{resource}.sourcedId.repeated')
    group by f.row
),

first_of_duplicates as (
    select min(b.row) as row
    from bad as b
    anti join "published_{resource}" as p on b.sourcedId = p.sourcedId
    where b.is_only_duplicate
    group by b.sourcedId
)

select
    b.row,
    b.sourcedId,
    b.is_repeated
from bad as b
anti join first_of_duplicates as d on b.row = d.row
