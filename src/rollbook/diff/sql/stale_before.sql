-- grain: one row per record that was stale before this run, and for how many days
create or replace table stale_before as
select
    unnest($resources::varchar[]) as resource,
    unnest($served::varchar[]) as servedId,
    unnest($days::integer[]) as days
