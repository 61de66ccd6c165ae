-- grain: one row per published record of {resource}, its links under the ids they go on with
select {columns}
from "published_{resource}" as p -- noqa: AL05
{joins}
