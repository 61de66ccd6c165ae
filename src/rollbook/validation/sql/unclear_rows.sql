-- grain: one row per row of a file, of one code, that could not be read or only with leniency
insert into findings by name
select
    r.resource,
    r.code,
    $severity as severity,
    r.file,
    r.record,
    nullif(r.line, r.record) as line,
    r.value
from {table} as r
where r.code = $code
