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
qualify row_number() over (partition by c.change order by c.sourcedId) <= $most
order by c.sourcedId
