-- grain: one row per delivered record of {resource} that hangs on a person who is withheld
create or replace table "withheld_{resource}" as
select c.sourcedId
from "{coming}_{resource}" as c
semi join waiting_users as w on c."{field}" = w.sourcedId
