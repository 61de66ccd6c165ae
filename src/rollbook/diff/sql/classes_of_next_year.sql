-- grain: one row per class whose id is used again for a class of a later school year
create or replace table replaced_classes as
with published as (
    {before}
),

delivered as (
    {after}
)

select n.sourcedId
from delivered as n
inner join published as p on n.sourcedId = p.sourcedId
where n.first_year > p.last_year
