-- grain: one row per section that says something of its term
select
    t.row,
    t.file,
    t.record,
    t.term_id,
    t.term_name,
    s.day as starts,
    e.day as ends,
    coalesce(s.iso, t.term_start) as start_date,
    coalesce(e.iso, t.term_end) as end_date
from adapted.taught as t
left join adapted.dates as s on t.term_start = s.raw
left join adapted.dates as e on t.term_end = e.raw
where coalesce(t.term_id, t.term_name, t.term_start, t.term_end) is not null
