-- grain: one row per row of a file that could not be read, of one code
insert into findings by name
select
    r.resource,
    r.code,
    $severity as severity,
    r.file,
    r.record,
    r.value
from refusals as r
where r.code = $code
