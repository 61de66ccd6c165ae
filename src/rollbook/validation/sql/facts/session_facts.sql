-- grain: one row per session: its parent, and how many classes name it or one below it
create or replace temp table session_facts as
with named as (
    select
        t.class,
        t.term
    from class_terms as t
    union
    select
        t.class,
        l.ancestor as term
    from class_terms as t
    inner join lines_academicSessions as l on t.term = l.sourcedId
),

counted as (
    select
        n.term,
        count(*) as classes
    from named as n
    group by n.term
)

select
    s.sourcedId,
    p.type as parent_type,
    p.startDate as parent_starts,
    p.endDate as parent_ends,
    p.schoolYear as parent_year,
    coalesce(c.classes, 0) as classes
from live_academicSessions as s
left join live_academicSessions as p on s.parentSourcedId = p.sourcedId
left join counted as c on s.sourcedId = c.term
