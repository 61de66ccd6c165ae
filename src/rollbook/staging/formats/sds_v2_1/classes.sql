-- grain: one row per row of classes.csv; subjects and grades are those of its course
with courses as (
    select
        c.sourcedId,
        arg_min(c.grades, c.row) as grades,
        arg_min(c.subjects, c.row) as subjects
    from adapted.courses as c
    group by c.sourcedId
)

select
    c.record as row,
    c.file,
    c.record,
    c.sourcedId,
    c.title,
    k.grades,
    k.subjects,
    coalesce(c.courseSourcedId, joined_id('course', c.sourcedId, '')) as courseSourcedId,
    'scheduled' as classType,
    c.orgSourcedId as schoolSourcedId,
    coalesce(c.sessionSourcedIds, y.sourcedId) as termSourcedIds,
    object_of(unknown_members(c.ext)) as metadata
from sds_v2_1_classes as c
cross join adapted.year as y
left join courses as k on c.courseSourcedId = k.sourcedId
