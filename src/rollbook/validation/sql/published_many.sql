-- grain: one row per element of {field} in a published record of {resource} that {among} names
(
    select
        p.sourcedId,
        trim(unnest(string_split(p."{field}", ','))) as value,
        generate_subscripts(string_split(p."{field}", ','), 1) as position
    from "published_{resource}" as p
    semi join "{among}_{resource}" as a on p.sourcedId = a.sourcedId
    where p."{field}" is not null
)
