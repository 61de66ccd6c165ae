-- grain: one row per person whose place at the restored school differs between then and now
-- `comes_whole`: the person is nowhere else now, so the old row takes the place of the present one.
create or replace table school_people as
with old_places as (
    select distinct o.sourcedId
    from (
        select
            u.sourcedId,
            trim(unnest(string_split(u.orgSourcedIds, ','))) as org
        from old_users as u
    ) as o
    semi join restored_school as s on o.org = s.sourcedId
),

now_places as (
    select
        n.sourcedId,
        bool_or(s.sourcedId is not null) as is_here,
        bool_or(s.sourcedId is null) as is_elsewhere
    from (
        select
            u.sourcedId,
            trim(unnest(string_split(u.orgSourcedIds, ','))) as org
        from now_users as u
    ) as n
    left join restored_school as s on n.org = s.sourcedId
    group by n.sourcedId
)

select
    coalesce(o.sourcedId, n.sourcedId) as sourcedId,
    o.sourcedId is not null as was_here,
    coalesce(n.is_here, false) as is_here,
    coalesce(n.is_elsewhere, false) as is_elsewhere,
    o.sourcedId is not null and not coalesce(n.is_elsewhere, false) as comes_whole
from old_places as o
full outer join now_places as n on o.sourcedId = n.sourcedId
where o.sourcedId is not null or n.is_here
