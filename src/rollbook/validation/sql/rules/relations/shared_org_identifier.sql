-- orgs.identifier.shared
-- severity: warning
-- title: Two orgs of a type have the same identifier
-- meaning: The identifier is the number under which authorities know an org, so it cannot belong to two schools. What is matched by it goes to the wrong one.
-- repair: Correct the number of one of the two in the SIS.
-- who: district
-- source: OneRoster CSV, orgs.identifier
select
    min(t.file) as file,
    min(t.record) as record,
    arg_min(t.sourcedId, t.record) as sourcedId,
    'identifier' as field,
    t.identifier as value,
    count(*) as rows
from live_orgs as t
where t.identifier is not null
group by
    t.identifier,
    t.type
having count(*) > 1 and count(t.record) > 0
