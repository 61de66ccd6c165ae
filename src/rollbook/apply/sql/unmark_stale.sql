-- Takes the mark from records of the source that have a usable row again, or are gone.
delete from roster_stale_record as stale
where
    stale.district_id = %(district)s
    and stale.source_number = %(source)s
    and not exists (
        select 1
        from stale_ids
        where stale_ids.resource = stale.resource and stale_ids.served_id = stale.served_id
    )
