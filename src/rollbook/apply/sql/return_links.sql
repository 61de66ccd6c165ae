-- Links that are new take the id of the tombstone that hung on the same records; where the tombstone
-- of the id they were given hung on others, they get their own id, if that is free, or a new one.
with candidates as (
    select
        incoming.served_id as named,
        incoming.served_id as known
    from incoming
    union all
    select
        incoming.served_id,
        incoming.sourced_id
    from incoming
    where incoming.served_id <> incoming.sourced_id
    union all
    select
        incoming.served_id,
        former_links.served_id
    from incoming
    inner join former_links on incoming.sourced_id = former_links.sourced_id
    where former_links.served_id not in (incoming.served_id, incoming.sourced_id)
),

met as (
    select
        candidates.named,
        incoming.sourced_id,
        tombstone.served_id,
        coalesce({is_same}, false) as is_same
    from candidates
    inner join roster_tombstone as tombstone
        on
            tombstone.district_id = %(district)s
            and tombstone.resource = %(resource)s
            and candidates.known = tombstone.served_id
    inner join incoming on candidates.named = incoming.served_id
    where not exists (
        select 1
        from {table} as record
        where record.district_id = %(district)s and record.served_id = candidates.named
    )
),

decided as (
    select
        met.named,
        met.sourced_id,
        max(met.served_id) filter (where met.is_same) as returned,
        bool_or(met.served_id = met.sourced_id) as is_taken
    from met
    group by met.named, met.sourced_id
    having bool_or(met.is_same) or bool_or(met.served_id = met.named)
),

settled as materialized (
    select
        decided.named,
        gen_random_uuid() as fresh,
        case
            when decided.returned is not null then decided.returned
            when
                not decided.is_taken
                and not exists (
                    select 1
                    from {table} as record
                    where
                        record.district_id = %(district)s
                        and record.served_id = decided.sourced_id
                )
                and not exists (
                    select 1
                    from incoming
                    where incoming.served_id = decided.sourced_id
                )
                then decided.sourced_id
        end as known
    from decided
),

renamed as (
    update incoming
    set
        served_id = coalesce(settled.known, settled.fresh::text),
        uid = case when settled.known is null then settled.fresh end
    from settled
    where
        incoming.served_id = settled.named
        and settled.known is distinct from settled.named
    returning incoming.sourced_id, incoming.served_id
)

insert into returned_links (sourced_id, served_id)
select
    renamed.sourced_id,
    renamed.served_id
from renamed
