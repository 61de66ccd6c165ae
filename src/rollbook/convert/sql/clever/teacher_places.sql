-- grain: one row per teacher and school that teachers.csv names
-- The school that the teacher was listed at, else the first; then those of which neither sections nor
-- staff.csv tell.
create or replace temp table teacher_places as
with homes as (
    select
        t.sourcedId,
        coalesce(s.sourcedId, t.school) as school
    from written_teachers as t
    left join written_schools as s on t.metadata ->> '/clever.school_id' = s.sourcedId
),

taught as (
    select distinct
        n.teacher,
        c.schoolSourcedId as school
    from (
        select
            t.classSourcedId,
            unnest(t.teachers) as teacher
        from class_teachers as t
    ) as n
    inner join given_classes as c on n.classSourcedId = c.sourcedId
),

listed as (
    select distinct
        t.sourcedId,
        trim(unnest(string_split(t.orgSourcedIds, ','))) as school
    from written_teachers as t
)

select
    h.*,
    1 as place
from homes as h
union all
select
    l.*,
    2 as place
from listed as l
semi join written_schools as s on l.school = s.sourcedId
anti join homes as h on l.sourcedId = h.sourcedId and l.school = h.school
anti join taught as c on l.sourcedId = c.teacher and l.school = c.school
anti join written_staff as w on l.sourcedId = w.sourcedId and l.school = w.school
