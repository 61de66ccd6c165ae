-- users.agentSourcedIds.one_way
-- severity: info
-- title: Only one side names the other as family
-- meaning: The student names the parent and the parent not the student, or the other way round. The link counts both ways. One finding stands for all links that one side alone tells.
-- repair: Nothing has to be done. Applications that look at one side only will miss the link; ask the SIS vendor to write both.
-- who: SIS vendor
-- source: OneRoster CSV, users.agentSourcedIds
select
    min(u.file) as file,
    min(u.record) as record,
    arg_min(u.sourcedId, u.record) as sourcedId,
    'agentSourcedIds' as field,
    arg_min(u.agentSourcedIds, u.record) as value,
    count(*) as rows
from families as f
inner join live_users as u on u.sourcedId = if(f.has_told_student, f.student, f.adult)
where f.has_told_student <> f.has_told_adult and u.record is not null
group by f.has_told_student
