-- grain: one row per new link of {resource} and earlier one of its sourcedId that was served under another
select
    c.sourcedId,
    e.servedId
from "changes_{resource}" as c
inner join departed_before as e on e.resource = '{resource}' and c.sourcedId = e.sourcedId
where c.change in ('create', 'replace')
