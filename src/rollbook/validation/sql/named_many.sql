-- grain: one row per element of {field} in a row of {resource}
(
    select
        r.row,
        r.file,
        r.record,
        r.sourcedId,
        trim(unnest(string_split(r."{field}", ','))) as value,
        generate_subscripts(string_split(r."{field}", ','), 1) as position
    from "{resource}" as r
    where
        r."{field}" is not null
        and coalesce(r.status, 'active') <> 'tobedeleted'
)
