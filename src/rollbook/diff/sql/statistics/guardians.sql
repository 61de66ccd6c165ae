-- grain: one row per student who stays and whose set of adults changes
-- A student names adults and adults name students; a link is there when either says so. Links that
-- nobody who changes names are as they were. One who takes another's id is somebody else.
insert into befallen_guardians
with links as (
    select
        t.sourcedId,
        t.subject,
        trim(unnest(string_split(p.agentSourcedIds, ','))) as agent
    from touched_users as t
    inner join was_users as p on t.sourcedId = p.sourcedId
    where p.agentSourcedIds is not null
    union
    select
        t.sourcedId,
        t.subject_after,
        trim(unnest(string_split(n.agentSourcedIds, ','))) as agent
    from touched_users as t
    inner join becomes_users as n on t.sourcedId = n.sourcedId
    where n.agentSourcedIds is not null
),

pairs as (
    select
        l.sourcedId as student,
        l.agent as adult
    from links as l
    where l.subject = 'students'
    union
    select
        l.agent as student,
        l.sourcedId as adult
    from links as l
    where l.subject <> 'students'
),

people as (
    select p.student as sourcedId
    from pairs as p
    union
    select p.adult as sourcedId
    from pairs as p
),

people_before as materialized (
    select
        u.sourcedId,
        u.role,
        u.orgSourcedIds,
        string_split(replace(u.agentSourcedIds, ' ', ''), ',') as agents
    from before_users as u
    semi join people as p on u.sourcedId = p.sourcedId
),

people_next as materialized (
    select
        u.sourcedId,
        u.role,
        string_split(replace(u.agentSourcedIds, ' ', ''), ',') as agents
    from next_users as u
    semi join people as p on u.sourcedId = p.sourcedId
),

replaced as (
    select t.sourcedId
    from touched_users as t
    where t.change = 'replace'
),

links_of_students as (
    select
        p.student,
        sb.orgSourcedIds as orgs,
        ab.sourcedId is not null and coalesce(list_contains(sb.agents, p.adult), false)
        or coalesce(list_contains(ab.agents, p.student), false) as was,
        an.sourcedId is not null and coalesce(list_contains(sn.agents, p.adult), false)
        or coalesce(list_contains(an.agents, p.student), false) as is_now
    from pairs as p
    inner join people_before as sb on p.student = sb.sourcedId and sb.role = 'student'
    inner join people_next as sn on p.student = sn.sourcedId and sn.role = 'student'
    left join people_before as ab on p.adult = ab.sourcedId
    left join people_next as an on p.adult = an.sourcedId
    anti join replaced as r on p.student = r.sourcedId
),

students as (
    select
        l.student,
        any_value(l.orgs) as orgs,
        bool_or(l.was and not l.is_now) as loses,
        bool_or(l.is_now and not l.was) as gets
    from links_of_students as l
    group by l.student
)

select
    'students' as subject,
    case
        when s.loses and s.gets then 'exchanged'
        when s.loses then 'lost'
        else 'gained'
    end as part,
    s.student as sourcedId,
    list_transform(string_split(s.orgs, ','), lambda org: trim(org)) as schools
from students as s
where s.loses or s.gets
