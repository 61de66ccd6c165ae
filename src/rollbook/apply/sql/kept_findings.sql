-- grain: one row per finding that is kept, in the order of the files
select
    $district as district,
    $run as run,
    row_number() over (order by f.file, f.record, f.code, f.field, f.value) as ordinal,
    f.code,
    f.severity,
    f.file,
    f.record,
    f.sourcedId,
    f.field,
    f.value,
    f.line,
    f.rows
from (
    select *
    from findings
    qualify
        row_number() over (partition by code order by file, record, field, value) <= $most
) as f
