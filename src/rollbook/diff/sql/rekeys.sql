-- grain: one row per record of {resource} that goes on under another id
create or replace table "rekeys_{resource}" (was varchar, sourcedId varchar, evidence varchar)
