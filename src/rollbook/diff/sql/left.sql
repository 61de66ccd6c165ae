-- grain: one row per record of {resource} that goes, and the id it was served under
create or replace view "left_{resource}" as
select
    c.sourcedId,
    coalesce(i.servedId, c.sourcedId) as servedId
from "changes_{resource}" as c
left join identities_before as i on i.resource = '{named_like}' and c.sourcedId = i.sourcedId
where c.change in ('abandon', 'replace')
