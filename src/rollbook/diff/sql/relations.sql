-- grain: one row per table or view of the workspace
select
    v.view_name as name,
    'view' as kind
from duckdb_views() as v
where not v.internal
union all
select
    t.table_name as name,
    'table' as kind
from duckdb_tables() as t
where not t.internal
