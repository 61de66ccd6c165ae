-- grain: one row per person and thing that may tell who it is
create or replace view "{name}" as
with people as (
    select
        u.sourcedId,
        case
            when u.role = 'student' then 'student'
            when u.role in ('parent', 'guardian', 'relative') then 'family'
            else 'staff'
        end as kind,
        lower(trim(u.givenName)) as given_name,
        lower(trim(u.familyName)) as family_name,
        lower(trim(u.email)) as email,
        lower(trim(u.identifier)) as identifier,
        lower(u.userIds) as user_ids,
        d.birthDate as birth_date
    from "{users}" as u
    left join "{demographics}" as d on u.sourcedId = d.sourcedId
    {moved_only}
),

numbers as (
    select
        p.*,
        unnest(string_split(concat_ws(',', p.identifier, p.user_ids), ',')) as number
    from people as p
)

select
    p.sourcedId,
    p.kind,
    p.given_name,
    p.family_name,
    p.birth_date,
    'number' as evidence,
    trim(p.number) as key
from numbers as p
where trim(p.number) <> ''
union all
select
    p.sourcedId,
    p.kind,
    p.given_name,
    p.family_name,
    p.birth_date,
    'e-mail' as evidence,
    p.email as key
from people as p
where p.email is not null
union all
select
    p.sourcedId,
    p.kind,
    p.given_name,
    p.family_name,
    p.birth_date,
    'name and birth date' as evidence,
    p.given_name || chr(31) || p.family_name || chr(31) || p.birth_date as key
from people as p
where p.given_name || p.family_name || p.birth_date is not null
