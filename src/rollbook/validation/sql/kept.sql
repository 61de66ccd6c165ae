-- grain: one row per published record of {resource} that stays as it is for want of a usable row
create or replace table "kept_{resource}" as
select distinct c.sourcedId
from "{candidates}_{resource}" as c
semi join "published_{resource}" as p on c.sourcedId = p.sourcedId
anti join "valid_{resource}" as v on c.sourcedId = v.sourcedId
