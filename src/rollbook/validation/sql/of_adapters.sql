-- grain: one row per finding of an adapter, of one code
insert into findings by name
select
    split_part(a.code, '.', 1) as resource,
    a.code,
    $severity as severity,
    a.file,
    a.record,
    a.sourcedId,
    a.field,
    a.value,
    a.rows
from adapter_findings as a
where a.code = $code
