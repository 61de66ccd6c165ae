-- grain: one row per changed record of {resource}: where it stands in the new files, its name, and
-- each field that differs with its value before and after
with rows_of_files as (
    select
        s.sourcedId,
        arg_min(s.file, s.record) as file,
        min(s.record) as record
    from "{resource}" as s
    group by s.sourcedId
)

select
    c.sourcedId,
    c.was,
    c.evidence,
    c.change,
    t.file,
    t.record,
    coalesce({label}, '') as label,
    to_json(map_from_entries(
        list_filter([{pairs}], lambda pair: c.change = 'replace' or pair.v[1] is distinct from pair.v[2])
    ))::varchar as fields
from (
    select
        *,
        if(change <> 'create', old, null) as p,
        if(change <> 'abandon', new, null) as n
    from "changes_{resource}"
) as c
left join rows_of_files as t on c.sourcedId = t.sourcedId and c.change <> 'abandon'
