-- grain: one row per condition that a row of {resource} meets
insert into findings by name
select
    '{resource}' as resource,
    m.row,
    m.file,
    m.record,
    m.sourcedId,
    m.found.code as code,
    m.found.severity as severity,
    m.found.drops_value as drops_value,
    m.found.field as field,
    m.found.value as value
from (
    select
        t.row,
        t.file,
        t.record,
        t.sourcedId,
        unnest(list_filter([
            {cases}
        ], lambda it: it is not null)) as found
    from "{source}" as t
    where
        {bad}
) as m
