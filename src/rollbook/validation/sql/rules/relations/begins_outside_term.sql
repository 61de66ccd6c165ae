-- enrollments.beginDate.outside_term
-- severity: info
-- title: An enrollment begins outside the terms of its class
-- meaning: Enrollments lie within the days of their class; these begin before its first term or after its last. One finding stands for all of a class. Many SIS write the day on which the student came to the school.
-- repair: Nothing has to be done. If an application goes by these dates, ask the SIS vendor to write those of the class.
-- who: SIS vendor
-- source: OneRoster CSV, enrollments.beginDate; fact base section 3, start and end
select
    min(e.file) as file,
    min(e.record) as record,
    arg_min(e.sourcedId, e.record) as sourcedId,
    'beginDate' as field,
    arg_min(e.beginDate, e.record) as value,
    count(*) as rows
from live_enrollments as e
inner join class_facts as c on e.classSourcedId = c.sourcedId
where e.record is not null and (e.beginDate < c.starts or e.beginDate > c.ends)
group by e.classSourcedId
