-- grain: one row per delivered person who is not made, or not changed, before somebody decides
create or replace table withheld_users as
select c.sourcedId
from {coming}_users as c
semi join waiting_users as w on c.sourcedId = w.sourcedId
