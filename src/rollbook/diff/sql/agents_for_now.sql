-- Lets lists of agents name people whose new id waits by the old one, where they did before; else not.
update next_users as u
set agentSourcedIds = k.agents
from (
    with named as (
        select
            n.sourcedId,
            trim(unnest(string_split(n.agentSourcedIds, ','))) as agent,
            generate_subscripts(string_split(n.agentSourcedIds, ','), 1) as place
        from next_users as n
        anti join staying_users as s on n.sourcedId = s.sourcedId
        where n.agentSourcedIds is not null
    ),

    affected as (
        select distinct n.sourcedId
        from named as n
        semi join waiting_users as w on n.agent = w.sourcedId
    ),

    earlier as (
        select
            p.sourcedId,
            trim(unnest(string_split(p.agentSourcedIds, ','))) as agent
        from before_users as p
        semi join affected as a on p.sourcedId = a.sourcedId
    ),

    known as (
        select
            e.sourcedId,
            e.agent
        from earlier as e
        semi join staying_users as s on e.agent = s.sourcedId
    )

    select
        n.sourcedId,
        string_agg(coalesce(w.was, n.agent), ',' order by n.place)
        filter (where w.sourcedId is null or k.agent is not null) as agents
    from named as n
    semi join affected as a on n.sourcedId = a.sourcedId
    left join waiting_users as w on n.agent = w.sourcedId
    left join known as k on n.sourcedId = k.sourcedId and w.was = k.agent
    group by n.sourcedId
) as k
where u.sourcedId = k.sourcedId
