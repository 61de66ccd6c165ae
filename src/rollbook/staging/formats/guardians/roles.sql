-- grain: one row per role of the package, and one per guardian and school that the file adds
select * from adapted.roles_before
union all by name
select
    g.row + o.place - 1 as row,
    g.file,
    g.record,
    joined_id(g.sourcedId, o.org, '.guardian') as sourcedId,
    g.sourcedId as userSourcedId,
    'primary' as roleType,
    g.role,
    o.org as orgSourcedId
from adapted.guardians as g
cross join lateral unnest(string_split(g.orgSourcedIds, ',')) with ordinality as o (org, place)
where g.sourcedId is not null
