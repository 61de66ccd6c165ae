-- grain: one row per changed record that is kept
select
    $district as district,
    $run as run,
    $resource as resource,
    c.sourcedId,
    c.change,
    c.label,
    c.fields
from ({changes}) as c
order by c.sourcedId
