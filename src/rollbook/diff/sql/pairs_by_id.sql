-- grain: one row per record of {resource} whose id, it seems, is only written otherwise
-- Leading zeros or letters before the number came or went, and all else is as it was. Where a
-- record is what it links, its id does not matter: `number` is null for all. What hangs on people who
-- wait for a decision waits with them.
insert into pairs by name
with removed as (
    select
        p.sourcedId,
        {number} as number,
        {content} as content
    from "{before}_{resource}" as p
    semi join "changes_{resource}" as c on p.sourcedId = c.sourcedId and c.change = 'abandon'
    anti join pairs as r on r.resource = '{resource}' and p.sourcedId = r.was
    where {is_settled_before}
),

added as (
    select
        p.sourcedId,
        {number} as number,
        {content} as content
    from "{after}_{resource}" as p
    semi join "changes_{resource}" as c on p.sourcedId = c.sourcedId and c.change = 'create'
    anti join pairs as r on r.resource = '{resource}' and p.sourcedId = r.sourcedId
    where {is_settled_after}
),

removed_once as (
    select
        any_value(r.sourcedId) as sourcedId,
        r.number,
        r.content
    from removed as r
    group by r.number, r.content
    having count(*) = 1
),

added_once as (
    select
        any_value(a.sourcedId) as sourcedId,
        a.number,
        a.content
    from added as a
    group by a.number, a.content
    having count(*) = 1
)

select
    '{resource}' as resource,
    r.sourcedId as was,
    a.sourcedId,
    'rekeyed' as kind,
    '{evidence}' as evidence,
    'certain' as confidence
from removed_once as r
inner join added_once as a on r.number is not distinct from a.number and r.content = a.content
