-- Extension columns may repeat what only the erased person has: a parent's address, for one.
update {table} as record
set metadata = null
where
    record.district_id = %(district)s
    and record.metadata is not null
    and lower(record.metadata::text) ~ %(pattern)s
