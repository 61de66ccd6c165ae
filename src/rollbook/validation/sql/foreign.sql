-- grain: one row per record of {resource} of another source that an id of this one may mean
-- An id that the source delivers, has published or had once means its own record, there or not: with
-- another source it may be another child's.
create or replace view "foreign_{resource}" as
select
    o.sourcedId,
    o.source
from "others_{resource}" as o
anti join "{resource}" as d on o.sourcedId = d.sourcedId
anti join "published_{resource}" as p on o.sourcedId = p.sourcedId
anti join departed_before as e on e.resource = '{resource}' and o.sourcedId = e.sourcedId
