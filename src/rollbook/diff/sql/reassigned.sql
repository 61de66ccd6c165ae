-- grain: one row per id of a person that, it seems, now is another's: both names and the birth date
-- differ. The other may be published, or may have left.
insert into pairs by name
with delivered as (
    select
        u.sourcedId,
        u.givenName,
        u.familyName,
        d.birthDate
    from {after}_users as u
    semi join changes_users as c on u.sourcedId = c.sourcedId and c.change in ('create', 'update')
    inner join delivered_demographics as d on u.sourcedId = d.sourcedId
),

earlier as (
    select
        p.sourcedId,
        p.givenName,
        p.familyName,
        d.birthDate
    from {before}_users as p
    inner join published_demographics as d on p.sourcedId = d.sourcedId
    union all
    select
        g.sourcedId,
        g.givenName,
        g.familyName,
        g.birthDate
    from departed_before as g
    anti join {before}_users as p on g.sourcedId = p.sourcedId
    where g.resource = 'users'
)

select
    'users' as resource,
    n.sourcedId as was,
    n.sourcedId,
    'reassigned' as kind,
    'another name and birth date' as evidence,
    'certain' as confidence
from delivered as n
inner join earlier as e on n.sourcedId = e.sourcedId
group by n.sourcedId
having
    bool_and(
        {is_another}
    )
