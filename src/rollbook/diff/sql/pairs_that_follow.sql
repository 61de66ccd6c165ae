-- grain: one row per record of {resource} that goes on under the new id of what it describes
insert into pairs by name
select
    '{resource}' as resource,
    k.was,
    k.sourcedId,
    'rekeyed' as kind,
    'follows' as evidence,
    'certain' as confidence
from "rekeys_{target}" as k
semi join "changes_{resource}" as b on k.was = b.sourcedId and b.change = 'abandon'
semi join "changes_{resource}" as n on k.sourcedId = n.sourcedId and n.change = 'create'
