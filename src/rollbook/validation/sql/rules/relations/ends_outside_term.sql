-- enrollments.endDate.outside_term
-- severity: info
-- title: An enrollment ends outside the terms of its class
-- meaning: Enrollments lie within the days of their class; these end after its last term or before its first. One day at the end is allowed. One finding stands for all of a class.
-- repair: Nothing has to be done. If an application goes by these dates, ask the SIS vendor to write those of the class.
-- who: SIS vendor
-- source: OneRoster CSV, enrollments.endDate; fact base section 3, start and end
select
    min(e.file) as file,
    min(e.record) as record,
    arg_min(e.sourcedId, e.record) as sourcedId,
    'endDate' as field,
    arg_min(e.endDate, e.record) as value,
    count(*) as rows
from live_enrollments as e
inner join class_facts as c on e.classSourcedId = c.sourcedId
where e.record is not null and (e.endDate > c.ends_or_so or e.endDate < c.starts)
group by e.classSourcedId
