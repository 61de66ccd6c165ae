-- grain: one row per pair that a person has decided
create or replace table verdicts (resource varchar, was varchar, sourcedId varchar, verdict varchar)
