-- grain: one row per way in which ids changed: how many, and an example of before and after
with keys as (
    select
        f.id,
        true as is_fresh,
        unnest([
            {{'way': 'zeros', 'text': ltrim(f.id, '0')}},
            {{'way': 'case', 'text': lower(f.id)}},
            {{'way': 'prefix', 'text': regexp_extract(f.id, '([0-9A-Za-z]+)\s*$', 1)}}
        ]) as key
    from fresh_ids as f
    union all
    select
        v.id,
        false as is_fresh,
        unnest([
            {{'way': 'zeros', 'text': ltrim(v.id, '0')}},
            {{'way': 'case', 'text': lower(v.id)}},
            {{'way': 'prefix', 'text': regexp_extract(v.id, '([0-9A-Za-z]+)\s*$', 1)}}
        ]) as key
    from vanished_ids as v
),

pairs as (
    select
        k.key.way as way,
        any_value(k.id) filter (where k.is_fresh) as now,
        any_value(k.id) filter (where not k.is_fresh) as before
    from keys as k
    where k.key.text <> ''
    group by k.key
    having count(*) filter (where k.is_fresh) = 1 and count(*) filter (where not k.is_fresh) = 1
),

named as (
    select
        p.now,
        p.before,
        case
            when p.way = 'zeros' and length(p.now) < length(p.before) then 'zeros_lost'
            when p.way = 'zeros' then 'zeros_gained'
            when p.way = 'case' then 'case_changed'
            else 'prefix_changed'
        end as problem
    from pairs as p
)

select
    n.problem,
    count(*) as rows,
    min(n.before) as before,
    arg_min(n.now, n.before) as now
from named as n
group by n.problem
order by n.problem in ('prefix_changed'), count(*) desc
