-- {resource}.{field}.cycle
-- applies: orgs.parentSourcedId academicSessions.parentSourcedId
-- severity: warning
-- title: Records belong to one another in a circle
-- meaning: Each record names the one that it is part of; following these names from this record one comes back to it, so that none stands above the others. They are used; programs that walk to the top may never end. One finding stands for the circle.
-- repair: Correct the parents in the SIS.
-- who: SIS vendor
-- source: OneRoster CSV, {resource}.{field}
with circles as (
    select
        l.sourcedId,
        min(l.distance) as members
    from "lines_{resource}" as l
    where l.sourcedId = l.ancestor
    group by l.sourcedId
    having min(l.distance) > 1
),

followers as (
    select distinct l.sourcedId
    from "lines_{resource}" as l
    semi join circles as c on l.ancestor = c.sourcedId
    where l.ancestor < l.sourcedId
)

select
    t.file,
    t.record,
    t.sourcedId,
    '{field}' as field,
    t."{field}" as value,
    c.members as rows
from circles as c
anti join followers as f on c.sourcedId = f.sourcedId
inner join "live_{resource}" as t on c.sourcedId = t.sourcedId
where t.record is not null
