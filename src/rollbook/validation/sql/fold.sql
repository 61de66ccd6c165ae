-- grain: one row per finding; what follows from one record set aside is one finding, with its count
create or replace table findings as
select *
from findings
where code not like '%.set_aside'
union all by name
select
    resource,
    code,
    severity,
    file,
    min(record) as record,
    arg_min(sourcedId, record) as sourcedId,
    field,
    value,
    count(*) as rows
from findings
where code like '%.set_aside'
group by all
