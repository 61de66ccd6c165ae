-- grain: one row per text that stands where a date belongs; this format has none
select null::varchar as raw
where false
