-- grain: one row: how many people begin their days of grace, and how many have had them
select
    count(*) filter (where l.is_fresh and not l.is_over) as leaving,
    count(*) filter (where l.is_over and not l.is_fresh) as due
from leaving_now as l
