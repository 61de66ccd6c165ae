-- grain: one row per id among `named` that belonged to an erased person
insert into erased_people
with hashed as (
    select
        n.value,
        {hashed} as digest
    from named as n
    where n.value <> ''
)

select
    h.value,
    d.erasure
from hashed as h
inner join erased_digests as d on h.digest = d.digest
