-- orgs.name.same_name
-- severity: info
-- title: Two orgs have the same name
-- meaning: They are of the same type below the same parent, and people who choose one by its name cannot tell them apart. It may be one org with two ids.
-- repair: Look at the two in the SIS. If they are one, close the other; if not, name them apart.
-- who: district
-- source: Rollbook, likely duplicates
select
    min(t.file) as file,
    min(t.record) as record,
    arg_min(t.sourcedId, t.record) as sourcedId,
    'name' as field,
    arg_min(t.name, t.record) as value,
    count(*) as rows
from live_orgs as t
group by
    lower(t.name),
    t.type,
    t.parentSourcedId
having count(*) > 1 and count(t.record) > 0
