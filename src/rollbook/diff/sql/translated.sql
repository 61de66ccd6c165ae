-- grain: one row per record of {source}, its links under other ids
select {columns}
from "{source}" as p -- noqa: AL05
{joins}
