delete from roster_stale_record as stale
where
    stale.district_id = %(district)s
    and (
        (stale.resource in ('users', 'demographics') and stale.served_id = any(%(served)s::text[]))
        or exists (
            select 1
            from erased_record as erased
            where erased.resource = stale.resource and erased.sourced_id = stale.served_id
        )
    )
