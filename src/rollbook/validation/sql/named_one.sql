-- grain: one row per row of {resource} that names a record in {field}
(
    select
        r.row,
        r.file,
        r.record,
        r.sourcedId,
        r."{field}" as value
    from "{resource}" as r
    where
        r."{field}" is not null
        and coalesce(r.status, 'active') <> 'tobedeleted'
)
