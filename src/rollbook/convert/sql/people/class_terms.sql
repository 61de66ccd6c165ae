-- grain: one row per class: the one term that its terms come to
-- Several terms that fill their common parent are that parent, else they are named together.
create or replace temp table class_terms as
with named as (
    select
        c.sourcedId as classSourcedId,
        trim(unnest(string_split(c.termSourcedIds, ','))) as term
    from given_classes as c
),

merged as (
    select
        n.classSourcedId,
        count(*) as term_count,
        min(s.sourcedId) as sourcedId,
        string_agg(s.title, ', ' order by s.startDate, s.title) as title,
        min(s.startDate) as startDate,
        max(s.endDate) as endDate,
        if(count(distinct coalesce(s.parentSourcedId, '')) = 1, min(s.parentSourcedId), null)
            as parent
    from named as n
    inner join given_academicSessions as s on n.term = s.sourcedId
    group by n.classSourcedId
)

select
    m.classSourcedId,
    m.term_count,
    coalesce(p.sourcedId, m.sourcedId) as sourcedId,
    coalesce(p.title, m.title) as title,
    m.startDate,
    m.endDate
from merged as m
left join given_academicSessions as p
    on
        m.parent = p.sourcedId
        and m.term_count > 1
        and m.startDate = p.startDate
        and m.endDate = p.endDate
