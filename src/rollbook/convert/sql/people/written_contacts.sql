-- grain: one row per student and contact, numbered for each student
-- Agents are read in both directions: a link that only one of the two names counts as well.
create or replace temp table written_contacts as
with named as (
    select
        u.sourcedId as one,
        trim(unnest(string_split(u.agentSourcedIds, ','))) as other,
        generate_subscripts(string_split(u.agentSourcedIds, ','), 1) as place
    from given_users as u
    where u.agentSourcedIds is not null
),

students as (
    select k.sourcedId
    from user_kinds as k
    where k.kind = 'student'
),

contacts as (
    select k.sourcedId
    from user_kinds as k
    where k.kind = 'contact'
),

pairs as (
    select
        n.one as student,
        n.other as contact,
        n.place
    from named as n
    semi join students as s on n.one = s.sourcedId
    semi join contacts as c on n.other = c.sourcedId
    union all
    select
        n.other,
        n.one,
        null
    from named as n
    semi join contacts as c on n.one = c.sourcedId
    semi join students as s on n.other = s.sourcedId
),

once as (
    select
        p.student,
        p.contact,
        min(p.place) as place
    from pairs as p
    group by p.student, p.contact
)

select
    o.student,
    o.contact,
    row_number() over (partition by o.student order by o.place nulls last, o.contact) as number
from once as o
