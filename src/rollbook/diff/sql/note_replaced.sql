-- Counts a record of {resource} that is replaced as that, whatever else differs.
delete from "changes_{resource}"
where sourcedId in (select r.sourcedId from "replaced_{resource}" as r);

insert into "changes_{resource}" by name
select
    r.sourcedId,
    'replace' as change,
    {old} as old,
    {new} as new
from "replaced_{resource}" as r
inner join "before_{resource}" as p on r.sourcedId = p.sourcedId
inner join "next_{resource}" as n on r.sourcedId = n.sourcedId
