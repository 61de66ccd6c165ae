-- grain: one row per person: people of the school as they were; who is at other schools too keeps the
-- present row, with or without the place at this school; parents whom a child needs come along
with back as (
    select o.*
    from old_users as o
    semi join school_people as p on o.sourcedId = p.sourcedId and p.comes_whole
),

agents as (
    select distinct trim(unnest(string_split(b.agentSourcedIds, ','))) as sourcedId
    from back as b
),

agents_back as (
    select o.*
    from old_users as o
    semi join agents as a on o.sourcedId = a.sourcedId
    anti join now_users as n on o.sourcedId = n.sourcedId
    anti join back as b on o.sourcedId = b.sourcedId
    where o.role in ('parent', 'guardian', 'relative')
),

present as (
    select
        n.* replace (
            case
                when p.was_here and not p.is_here
                    then concat_ws(',', n.orgSourcedIds, s.sourcedId)
                when p.is_here and not p.was_here
                    then list_aggregate(
                        list_filter(
                            string_split(n.orgSourcedIds, ','),
                            lambda org: trim(org) <> s.sourcedId
                        ),
                        'string_agg',
                        ','
                    )
                else n.orgSourcedIds
            end as orgSourcedIds
        )
    from now_users as n
    cross join restored_school as s
    left join school_people as p on n.sourcedId = p.sourcedId
    where
        not coalesce(p.comes_whole, false)
        and (p.sourcedId is null or p.was_here or p.is_elsewhere)
)

select b.*
from back as b
union all by name
select a.*
from agents_back as a
union all by name
select p.*
from present as p
