-- Created and updated records of one resource, as the delivery has them.
create temporary table incoming on commit drop as
select {columns}
from {table}
where false
