-- grain: one row per class and session that it names
create or replace temp table class_terms as
select distinct
    t.class,
    t.term
from (
    select
        c.sourcedId as class,
        trim(unnest(string_split(c.termSourcedIds, ','))) as term
    from live_classes as c
) as t
