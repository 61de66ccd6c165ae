-- grain: one row per published id of {resource} that the delivery does not name
create or replace temp table vanished_ids as
select p.sourcedId as id
from "published_{resource}" as p
anti join "{resource}" as t on p.sourcedId = t.sourcedId
