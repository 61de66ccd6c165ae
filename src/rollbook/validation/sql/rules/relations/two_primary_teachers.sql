-- classes.sourcedId.two_primary_teachers
-- severity: warning
-- title: A class has two primary teachers at a time
-- meaning: One teacher at most is responsible for a class on any day. With two, applications take either. A teacher who follows another is no second one: their dates must not overlap.
-- repair: Leave the mark with the teacher who is responsible, or enter until when the first one was.
-- who: district
-- source: OneRoster CSV, enrollments.primary
with several as (
    select f.sourcedId
    from class_facts as f
    where f.primaries > 1
),

primaries as (
    select
        e.classSourcedId,
        e.userSourcedId,
        coalesce(e.beginDate, '0') as begins,
        coalesce(e.endDate, '9') as ends
    from live_enrollments as e
    semi join several as s on e.classSourcedId = s.sourcedId
    where e.role = 'teacher' and e."primary" = 'true'
),

together as (
    select distinct a.classSourcedId
    from primaries as a
    inner join primaries as b
        on
            a.classSourcedId = b.classSourcedId
            and a.userSourcedId < b.userSourcedId
            and a.begins < b.ends
            and b.begins < a.ends
)

select
    c.file,
    c.record,
    c.sourcedId,
    'sourcedId' as field,
    c.sourcedId as value
from live_classes as c
semi join together as g on c.sourcedId = g.classSourcedId
where c.record is not null
