-- grain: one row per row of enrollments.csv
-- The school is the class's; where the class is not there it is the person's.
with schools as (
    select c.sourcedId, arg_min(c.orgSourcedId, c.record) as school from sds_v2_1_classes as c
    group by c.sourcedId
),

homes as (
    select
        u.sourcedId,
        arg_min(string_split(u.orgSourcedIds, ',')[1], u.record) as school
    from adapted.users as u
    group by u.sourcedId
)

select
    e.record as row,
    e.file,
    e.record,
    joined_id(e.classSourcedId, e.userSourcedId, '') as sourcedId,
    e.classSourcedId,
    coalesce(s.school, h.school) as schoolSourcedId,
    e.userSourcedId,
    coalesce(r.enrollment_role, e.role) as role,
    object_of(
        concat_ws(
            ',',
            member('microsoft.role', if(lower(e.role) <> r.enrollment_role, e.role, null)),
            unknown_members(e.ext)
        )
    ) as metadata
from sds_v2_1_enrollments as e
left join schools as s on e.classSourcedId = s.sourcedId
left join homes as h on e.userSourcedId = h.sourcedId
left join crosswalk.sds_roles as r on lower(e.role) = r.word
