-- grain: one row per class whose id is used again for a class of another school year
create or replace table replaced_classes as
select n.sourcedId
from ({after}) as n
inner join ({before}) as p on n.sourcedId = p.sourcedId
where n.first_year > p.last_year or n.last_year < p.first_year
