-- grain: one row per pair of contact type and relationship, with the standard's word for it
-- Whoever is a parent by either column is one; then the type's first keyword decides.
with pairs as (
    select distinct
        c.type,
        c.relationship
    from adapted.contact_rows as c
),

types as (
    select
        t.type,
        arg_min(k.type, k.rank) as kind,
        arg_min(k.role, k.rank) as role
    from (select distinct p.type from pairs as p) as t
    inner join crosswalk.contact_types as k
        on list_contains(regexp_split_to_array(lower(t.type), '[^a-z/-]+'), k.keyword)
    group by t.type
)

select
    p.type,
    p.relationship,
    t.kind,
    concat_ws(
        ',',
        member('type', coalesce(t.kind, p.type)),
        member('contact_type', if(t.kind <> p.type, p.type, null)),
        member('relationship', p.relationship)
    ) as members,
    case
        when r.role = 'parent' or t.role = 'parent' then 'parent'
        else coalesce(if(t.role = 'guardian', t.role, r.role), t.role, 'relative')
    end as role
from pairs as p
left join types as t on p.type = t.type
left join crosswalk.relations as r on lower(trim(p.relationship)) = r.word
