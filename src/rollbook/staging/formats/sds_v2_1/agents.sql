-- grain: one row per user with agents, students and those related to them alike
with both_ways as (
    select
        l.student as sourcedId,
        l.agent as other,
        null as role,
        null as relation,
        [] as orgs
    from adapted.links as l
    union all
    select
        l.agent as sourcedId,
        l.student as other,
        l.role,
        object_of(concat_ws(',', member('student', l.student), member('relationship', l.relationship))) as relation,
        coalesce(m.orgs, []) as orgs
    from adapted.links as l
    left join adapted.members as m on l.student = m.userSourcedId
)

select
    b.sourcedId,
    string_agg(b.other, ',' order by b.other) as agents,
    min(
        case b.role when 'parent' then '1parent' when 'guardian' then '2guardian' when 'relative' then '3relative' end
    )[2:] as role,
    '[' || string_agg(b.relation, ',' order by b.other) || ']' as relations,
    flatten(list(b.orgs)) as orgs
from both_ways as b
group by b.sourcedId
