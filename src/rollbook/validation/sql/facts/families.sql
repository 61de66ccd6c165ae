-- grain: one row per student and adult of the family that one of the two names as agent
create or replace temp table families as
with links as (
    select
        trim(n.agent) as agent,
        n.sourcedId
    from (
        select
            u.sourcedId,
            unnest(string_split(u.agentSourcedIds, ',')) as agent
        from live_users as u
        where u.agentSourcedIds is not null
    ) as n
),

told as (
    select
        if(u.kind = 'student', u.sourcedId, a.sourcedId) as student,
        if(u.kind = 'student', a.sourcedId, u.sourcedId) as adult,
        u.kind = 'student' as is_told_by_student
    from links as l
    inner join user_facts as u on l.sourcedId = u.sourcedId
    inner join user_facts as a on l.agent = a.sourcedId
    where
        (u.kind = 'student' and a.kind = 'family')
        or (u.kind = 'family' and a.kind = 'student')
)

select
    t.student,
    t.adult,
    bool_or(t.is_told_by_student) as has_told_student,
    bool_or(not t.is_told_by_student) as has_told_adult
from told as t
group by
    t.student,
    t.adult
