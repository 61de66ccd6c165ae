-- grain: one row per row of orgs.csv
select
    o.record as row,
    o.file,
    o.record,
    o.sourcedId,
    o.name,
    coalesce(t.type, o.type) as type,
    o.parentSourcedId,
    object_of(
        concat_ws(',', member('microsoft.type', if(lower(o.type) <> t.type, o.type, null)), unknown_members(o.ext))
    ) as metadata
from sds_v2_1_orgs as o
left join crosswalk.sds_org_types as t on lower(o.type) = t.word
