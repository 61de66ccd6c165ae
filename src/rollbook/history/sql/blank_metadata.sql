-- Extension columns may repeat what only the erased person has: a parent's address, for one.
update {table} as record
set metadata = null
where
    record.district_id = %(district)s
    and record.metadata is not null
    and exists (
        select 1
        from unnest(%(terms)s::text[]) as term (value)
        where strpos(lower(record.metadata::text), term.value) > 0
    )
