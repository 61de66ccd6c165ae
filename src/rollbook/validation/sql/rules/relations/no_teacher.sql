-- classes.sourcedId.no_teacher
-- severity: warning
-- title: A class has no teacher
-- meaning: No enrollment names a teacher of this class. The class is used as it is; applications that list classes by their teachers will not show it to anybody.
-- repair: Enter the teacher in the SIS. Before the school year begins this is common.
-- who: district
-- source: clever.md 4.3, "missing Teacher_id"; OneRoster CSV, enrollments.role
select
    c.row,
    c.file,
    c.record,
    c.sourcedId,
    'sourcedId' as field,
    c.sourcedId as value
from live_classes as c
anti join (
    select e.classSourcedId
    from live_enrollments as e
    where e.role = 'teacher'
) as t on c.sourcedId = t.classSourcedId
where c.record is not null
