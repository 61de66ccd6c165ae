-- grain: one row per changed record of {resource}: its name, and each field that differs with its
-- value before and after; of a re-keyed one the id, too
select
    c.sourcedId,
    c.change,
    coalesce({label}, '') as label,
    to_json(map_from_entries(
        list_filter(
            [{pairs}],
            lambda pair: c.change = 'replace' or pair.v[1] is distinct from pair.v[2]
        )
    ))::varchar as fields
from (
    select
        *,
        if(change <> 'create', old, null) as p,
        if(change <> 'abandon', new, null) as n
    from {changes}
) as c
