-- grain: one row per id that {field} of {resource} names and that does not stand
create or replace table "loose_{resource}_{field}" as
select
    n.row,
    n.file,
    n.record,
    n.sourcedId,
    n.value
from {named} as n
anti join "standing_{target}" as s on n.value = s.sourcedId
where n.value <> ''
