-- grain: one row per record of {resource} that leaves and that one must be able to recognise
insert into departed_next by name
select
    '{resource}' as resource,
    l.sourcedId,
    l.servedId,
    {facts},
    '{today}' as since
from "left_{resource}" as l
left join ({known}) as k on l.sourcedId = k.sourcedId
where {is_told}
