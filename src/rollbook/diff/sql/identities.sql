-- grain: one row per record of {resource} that is served under another id than its own
insert into identities_next by name
with named as (
    select
        coalesce(k.sourcedId, i.sourcedId) as sourcedId,
        i.servedId
    from identities_before as i
    left join "rekeys_{resource}" as k on i.sourcedId = k.was
    anti join "replaced_{resource}" as r on i.sourcedId = r.sourcedId
    where i.resource = '{resource}'
    union all
    select
        k.sourcedId,
        k.was as servedId
    from "rekeys_{resource}" as k
    anti join identities_before as i on i.resource = '{resource}' and k.was = i.sourcedId
    union all
    select
        f.sourcedId,
        f.servedId
    from "fresh_{resource}" as f
)

select
    '{resource}' as resource,
    m.sourcedId,
    m.servedId
from named as m
semi join "next_{resource}" as n on m.sourcedId = n.sourcedId
where m.sourcedId <> m.servedId
