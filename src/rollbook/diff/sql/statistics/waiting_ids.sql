-- grain: one row per published record of {resource} that waits for a decision about its id
insert into befallen_waiting_ids
select
    '{resource}' as subject,
    w.kind as part,
    w.was as sourcedId,
    null as schools
from "waiting_{resource}" as w
