-- grain: one row per session: all as they are, and those that the school needs and nobody has any
-- more
with recursive named as (
    select trim(unnest(string_split(c.termSourcedIds, ','))) as sourcedId
    from wanted_classes as c
    union all
    select c.schoolYearSourcedId as sourcedId
    from wanted_courses as c
),

needed as (
    select
        o.sourcedId,
        o.parentSourcedId
    from old_academicSessions as o
    semi join named as n on o.sourcedId = n.sourcedId
    union
    select
        o.sourcedId,
        o.parentSourcedId
    from old_academicSessions as o
    inner join needed as d on o.sourcedId = d.parentSourcedId
)

select n.*
from now_academicSessions as n
union all by name
select o.*
from old_academicSessions as o
semi join needed as d on o.sourcedId = d.sourcedId
anti join now_academicSessions as n on o.sourcedId = n.sourcedId
