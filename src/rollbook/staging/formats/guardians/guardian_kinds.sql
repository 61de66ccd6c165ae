-- grain: one row: whether ids of guardians meet those of other people, and are prefixed
select
    'guardian' as kind,
    if(
        list_contains(o.prefixed, 'guardian')
        or o.is_first_load and exists (
            select 1 from guardians_guardians as g
            semi join adapted.users_before as u
                on g.guardianSourcedId = u.sourcedId and u.role not in ('guardian', 'parent', 'relative')
        ),
        'guardian-',
        ''
    ) as prefix
from adapted.options as o
