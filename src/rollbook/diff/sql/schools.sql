-- grain: one row per org, resource and kind of change: how many records change there
-- A record that moves counts at both.
with counts as (
    select
        p.org,
        p.resource,
        p.change,
        count(distinct p.sourcedId) as amount
    from changed_places as p
    where p.org is not null
    group by p.org, p.resource, p.change
)

select
    c.org,
    coalesce(n.name, b.name, '') as name,
    c.resource,
    c.change,
    c.amount
from counts as c
left join next_orgs as n on c.org = n.sourcedId
left join before_orgs as b on c.org = b.sourcedId
order by name, c.org, c.resource, c.change
