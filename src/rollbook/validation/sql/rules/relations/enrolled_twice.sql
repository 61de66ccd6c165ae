-- enrollments.userSourcedId.enrolled_twice
-- severity: warning
-- title: Somebody is in a class twice at a time
-- meaning: Two enrollments bring the same user into the same class in the same role, and their dates overlap or are empty. Counts of the class are wrong by one. Somebody who left and came back is another matter.
-- repair: Remove one of the two in the SIS, or enter when the first one ended.
-- who: district
-- source: OneRoster CSV, enrollments
with repeated as (
    select hash(e.classSourcedId, e.userSourcedId, e.role) as place
    from live_enrollments as e
    group by hash(e.classSourcedId, e.userSourcedId, e.role)
    having count(*) > 1
),

places as (
    select e.*
    from live_enrollments as e
    semi join repeated as r on hash(e.classSourcedId, e.userSourcedId, e.role) = r.place
),

ordered as (
    select
        p.*,
        lag(p.sourcedId) over many as before,
        max(coalesce(p.endDate, '9')) over (
            many rows between unbounded preceding and 1 preceding
        ) as ended
    from places as p
    window many as (
        partition by
            p.classSourcedId,
            p.userSourcedId,
            p.role
        order by coalesce(p.beginDate, '0'), p.record
    )
)

select
    o.row,
    o.file,
    o.record,
    o.sourcedId,
    'userSourcedId' as field,
    o.userSourcedId as value
from ordered as o
where o.record is not null and o.before is not null and coalesce(o.beginDate, '0') < o.ended
