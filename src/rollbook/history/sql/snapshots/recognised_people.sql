-- grain: one row per new person of a delivery who is an erased one
with met as (
    select
        f.sourcedId,
        f.evidence,
        f.key,
        f.given_name,
        f.family_name,
        f.birth_date,
        f.kind,
        d.erasure
    from fresh_keys as f
    inner join erased_digests as d on d.digest = {is_evidence}
),

shared as (
    select
        k.evidence,
        k.key
    from keys_of_all as k
    semi join met as m on k.evidence = m.evidence and k.key = m.key
    group by k.evidence, k.key
    having count(distinct k.sourcedId) > 1
),

compared as (
    select
        m.sourcedId,
        m.evidence,
        m.birth_date,
        m.erasure,
        given.digest is not null as is_given_name,
        family.digest is not null as is_family_name,
        birth.digest is not null as is_birth_date,
        known.digest is not null as is_birth_date_known,
        kind.digest is not null as is_kind
    from met as m
    anti join shared as s on m.evidence = s.evidence and m.key = s.key
    left join erased_digests as given on given.digest = {is_given_name}
    left join erased_digests as family on family.digest = {is_family_name}
    left join erased_digests as birth on birth.digest = {is_birth_date}
    left join erased_digests as known on known.digest = {is_birth_date_known}
    left join erased_digests as kind on kind.digest = {is_kind}
)

select
    c.sourcedId,
    min(c.erasure) as erasure
from compared as c
left join users as u on c.sourcedId = u.sourcedId
where
    (c.birth_date is null or not c.is_birth_date_known or c.is_birth_date)
    and (u.role is null or c.is_kind)
    and (c.is_given_name or (c.is_family_name and c.evidence <> 'e-mail'))
group by c.sourcedId
