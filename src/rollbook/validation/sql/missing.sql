-- grain: one row per published id of {resource} that does not stand: gone, or known by another id
create or replace view "missing_{resource}" as
select p.sourcedId
from "published_{resource}" as p
anti join "standing_{resource}" as s on p.sourcedId = s.sourcedId
