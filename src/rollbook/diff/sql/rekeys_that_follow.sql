-- grain: one row per record of {resource} that goes on under the new id of what it describes
insert into "rekeys_{resource}"
select
    k.was,
    k.sourcedId,
    'follows'
from "rekeys_{target}" as k
semi join "changes_{resource}" as b on k.was = b.sourcedId and b.change = 'abandon'
semi join "changes_{resource}" as n on k.sourcedId = n.sourcedId and n.change = 'create'
