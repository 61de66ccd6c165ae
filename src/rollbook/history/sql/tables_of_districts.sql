-- Every table that holds rows of districts.
select c.table_name
from information_schema.columns as c
inner join information_schema.tables as t
    on t.table_schema = c.table_schema and t.table_name = c.table_name
where
    c.table_schema = 'public'
    and c.column_name = 'district_id'
    and t.table_type = 'BASE TABLE'
order by c.table_name
