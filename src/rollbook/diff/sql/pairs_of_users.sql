-- grain: one row per person who, it seems, goes on under another id
-- Somebody removed and somebody added, of one kind of role, share what only one person has on
-- either side: a number, an e-mail address, or a name with a birth date. Never a name alone. What
-- two people share, as twins may, says nothing; and when birth dates differ, or both names do, it
-- is somebody else.
insert into pairs by name
with of_one_before as (
    select
        k.kind,
        k.evidence,
        k.key
    from person_keys_before as k
    semi join shared_keys as s on k.kind = s.kind and k.evidence = s.evidence and k.key = s.key
    group by k.kind, k.evidence, k.key
    having count(distinct k.sourcedId) = 1
),

of_one_after as (
    select
        k.kind,
        k.evidence,
        k.key
    from person_keys_after as k
    semi join of_one_before as s on k.kind = s.kind and k.evidence = s.evidence and k.key = s.key
    group by k.kind, k.evidence, k.key
    having count(distinct k.sourcedId) = 1
),

candidates as (
    select
        r.sourcedId as was,
        a.sourcedId,
        string_agg(distinct r.evidence, ', ' order by r.evidence) as evidence,
        if(count(distinct r.evidence) > 1, 'certain', 'likely') as confidence
    from of_one_after as o
    inner join removed_keys as r on o.kind = r.kind and o.evidence = r.evidence and o.key = r.key
    inner join added_keys as a on o.kind = a.kind and o.evidence = a.evidence and o.key = a.key
    where
        (r.birth_date is null or a.birth_date is null or r.birth_date = a.birth_date)
        and (r.given_name = a.given_name or r.family_name = a.family_name)
    group by r.sourcedId, a.sourcedId
)

select
    'users' as resource,
    p.was,
    p.sourcedId,
    'rekeyed' as kind,
    p.evidence,
    p.confidence
from candidates as p
qualify
    count(*) over (partition by p.was) = 1
    and count(*) over (partition by p.sourcedId) = 1
