-- grain: one row per published record of {resource} that stays because its row cannot be used
select distinct coalesce(s.servedId, k.sourcedId) as served_id
from "kept_{resource}" as k
semi join "set_aside_{resource}" as a on k.sourcedId = a.sourcedId
left join {served} as s on k.sourcedId = s.sourcedId
