-- grain: one row per finding that is among the first of its rule
select f.*
from findings as f
qualify
    row_number() over (partition by f.code order by f.file, f.record, f.field, f.value) <= $most
order by f.code, f.file, f.record, f.field, f.value
