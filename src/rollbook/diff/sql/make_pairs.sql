-- grain: one row per two ids that seem to be one record, or one id that seems to be two people
create or replace table pairs (
    resource varchar,
    was varchar,
    sourcedId varchar,
    kind varchar,
    evidence varchar,
    confidence varchar
)
