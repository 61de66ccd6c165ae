-- What another person of today's roster has, too.
select 'e-mail:' || lower(trim(person.email)) as evidence
from roster_user as person
where
    person.district_id = %(district)s
    and person.served_id <> all(%(served)s)
    and 'e-mail:' || lower(trim(person.email)) = any(%(evidence)s)
union
select 'number:' || lower(trim(person.identifier))
from roster_user as person
where
    person.district_id = %(district)s
    and person.served_id <> all(%(served)s)
    and 'number:' || lower(trim(person.identifier)) = any(%(evidence)s)
union
select 'number:{' || lower(number.value) || '}'
from roster_user as person
cross join lateral unnest(person.user_ids) as number (value)
where
    person.district_id = %(district)s
    and person.served_id <> all(%(served)s)
    and 'number:{' || lower(number.value) || '}' = any(%(evidence)s)
