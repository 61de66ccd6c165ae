-- grain: one row per row of guardianrelationship.csv that names a guardian by e-mail
-- Names stand beside the tie or in user.csv.
with people as (
    select
        lower(trim(u.Email)) as email,
        arg_min(u."First Name", u.record) as given,
        arg_min(u."Last Name", u.record) as family,
        arg_min(u.Phone, u.record) as phone,
        arg_min(u."SIS ID", u.record) as id
    from sds_v1_user as u
    group by lower(trim(u.Email))
)

select
    g.file,
    g.record,
    g."SIS ID" as student,
    'guardian-' || md5(lower(trim(g.Email))) as sourcedId,
    g.Email as email,
    coalesce(g."First Name", p.given) as given,
    coalesce(g."Last Name", p.family) as family,
    coalesce(g.Phone, p.phone) as phone,
    p.id,
    g.Role as relationship,
    coalesce(r.role, if(g.Role is null, 'guardian', 'relative')) as role
from sds_v1_guardianrelationship as g
left join people as p on lower(trim(g.Email)) = p.email
left join crosswalk.relations as r on lower(trim(g.Role)) = r.word
where g.Email is not null
