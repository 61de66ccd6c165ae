-- grain: one row per student whose grade changes: one up, one down, or otherwise
-- The grades before the first are where pupils wait for kindergarten; a step leads there from each.
-- A student in several grades counts by the first.
insert into befallen_grades
with grades as (
    select
        t.sourcedId,
        t.schools,
        upper(trim(string_split(p.grades, ',')[1])) as was,
        upper(trim(string_split(n.grades, ',')[1])) as becomes
    from touched_users as t
    inner join was_users as p on t.sourcedId = p.sourcedId
    inner join becomes_users as n on t.sourcedId = n.sourcedId
    where
        t.change in ('update', 'rekey')
        and t.subject = 'students'
        and t.subject_after = 'students'
        and p.grades is distinct from n.grades
),

steps as (
    select
        g.sourcedId,
        g.schools,
        case
            when g.becomes = 'KG' then 0
            when g.becomes in ('PK', 'TK') then -1
            when g.becomes = 'PR' then -2
            when g.becomes = 'IT' then -3
            else try_cast(g.becomes as integer)
        end - case
            when g.was = 'KG' then 0
            when g.was in ('PK', 'TK') then -1
            when g.was = 'PR' then -2
            when g.was = 'IT' then -3
            else try_cast(g.was as integer)
        end as step
    from grades as g
    where g.was is not null and g.was is distinct from g.becomes
)

select
    'students' as subject,
    case s.step when 1 then 'up' when -1 then 'down' else 'otherwise' end as part,
    s.sourcedId,
    s.schools
from steps as s
