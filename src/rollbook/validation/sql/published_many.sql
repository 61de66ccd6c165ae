-- grain: one row per element of {field} in a record of {published} that {among} names
(
    select
        p.sourcedId,
        trim(unnest(string_split(p."{field}", ','))) as value,
        generate_subscripts(string_split(p."{field}", ','), 1) as position
    from "{published}" as p
    semi join "{among}" as a on p.sourcedId = a.sourcedId
    where p."{field}" is not null
)
