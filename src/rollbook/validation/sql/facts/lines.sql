-- grain: one row per record of {resource} and one that stands above it; where there is a circle, one
-- row for each time round, up to 20
create or replace temp table "lines_{resource}" as
with recursive above as (
    select
        t.sourcedId,
        t.parentSourcedId as ancestor,
        1 as distance
    from "live_{resource}" as t
    where t.parentSourcedId is not null
    union all
    select
        a.sourcedId,
        p.parentSourcedId as ancestor,
        a.distance + 1 as distance
    from above as a
    inner join "live_{resource}" as p on a.ancestor = p.sourcedId
    where p.parentSourcedId is not null and a.distance < 20
)

select
    a.sourcedId,
    a.ancestor,
    a.distance
from above as a
