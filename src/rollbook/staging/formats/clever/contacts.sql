-- grain: one row per contact and name; one id with two names is two people, which the rules report
-- Cell phones are sms, all others phone. Facts about the tie to a student stay with the tie.
with people as (
    select
        coalesce(k.prefix || c.id, c.derived_id) as sourcedId,
        c.id,
        if(k.prefix = '', null, c.id) as raw_id,
        c.name,
        min(c.row) as row,
        arg_min(c.file, c.row) as file,
        arg_min(c.record, c.row) as record,
        arg_min(c.given, c.row) as givenName,
        arg_min(c.family, c.row) as familyName,
        arg_min(c.email, c.row) as email,
        arg_min(c.phone, c.row) filter (where lower(c.phone_type) in ('cell', 'mobile')) as sms,
        arg_min(c.phone, c.row) filter (
            where c.phone_type is null or lower(c.phone_type) not in ('cell', 'mobile')
        ) as phone,
        arg_min(c.phone_type, c.row) filter (where lower(c.phone_type) not in ('cell', 'mobile')) as phone_type
    from adapted.contact_rows as c
    cross join adapted.kinds as k
    where k.kind = 'contact'
    group by all
),

gathered as (
    select
        l.contact,
        list_sort(list({ 'student': l.student, 'members': r.members })) as told,
        min(
            case r.role when 'parent' then '1parent' when 'guardian' then '2guardian' else '3relative' end
        )[2:] as role,
        flatten(list(coalesce(h.schools, [s.School_id]))) as schools
    from adapted.links as l
    left join adapted.relations as r
        on l.type is not distinct from r.type and l.relationship is not distinct from r.relationship
    left join adapted.student_homes as h on l.student = h.Student_id
    left join adapted.first_schools as s on l.student = s.Student_id
    group by l.contact
),

ties as (
    select
        g.contact,
        g.role,
        g.schools,
        array_to_string(list_transform(g.told, lambda tie: tie.student), ',') as students,
        '[' || array_to_string(
            list_transform(
                g.told,
                lambda tie: object_of(concat_ws(',', member('student', tie.student), nullif(tie.members, '')))
            ),
            ','
        ) || ']' as relations
    from gathered as g
)

select
    p.row,
    p.file,
    p.record,
    p.sourcedId,
    'true' as enabledUser,
    list_from(null, list_filter(t.schools, lambda school: school is not null)) as orgSourcedIds,
    coalesce(t.role, 'guardian') as role,
    if(o.derives_usernames, coalesce(p.email, p.sourcedId), null) as username,
    p.givenName,
    p.familyName,
    p.email,
    p.sms,
    p.phone,
    t.students as agentSourcedIds,
    object_of(
        concat_ws(
            ',',
            member('clever.contact_sis_id', p.raw_id),
            member('clever.contact_name', p.name),
            member('clever.contact_phone_type', p.phone_type),
            '"clever.relations":' || t.relations
        )
    ) as metadata
from people as p
cross join adapted.options as o
left join ties as t on p.sourcedId = t.contact
