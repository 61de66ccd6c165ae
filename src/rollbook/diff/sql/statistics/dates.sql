-- grain: one row per session that becomes one of a later time under the same id
-- A correction by some weeks is not another time: both its days move on by a quarter of a year.
insert into befallen_dates
select
    'academicSessions' as subject,
    if(try_cast(n.schoolYear as integer) > try_cast(p.schoolYear as integer), 'year', 'days') as part,
    t.sourcedId,
    null as schools
from "touched_academicSessions" as t
inner join "was_academicSessions" as p on t.sourcedId = p.sourcedId
inner join "becomes_academicSessions" as n on t.sourcedId = n.sourcedId
where
    t.change in ('update', 'rekey')
    and (
        try_cast(n.schoolYear as integer) > try_cast(p.schoolYear as integer)
        or (
            try_cast(n.startDate as date) - try_cast(p.startDate as date) >= 90
            and try_cast(n.endDate as date) - try_cast(p.endDate as date) >= 90
        )
    )
