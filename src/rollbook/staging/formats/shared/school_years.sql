-- grain: one row per school year that terms are part of, or that sections without a term need
with usual as (
    select coalesce(o.school_year, mode(t.school_year), o.this_school_year) as school_year
    from adapted.options as o
    left join adapted.terms as t on true
    group by o.school_year, o.this_school_year
),

homeless as (
    select
        u.school_year,
        min(t.row) as row,
        arg_min(t.file, t.row) as file,
        min(t.record) as record
    from adapted.taught as t
    cross join usual as u
    where coalesce(t.term_id, t.term_name, t.term_start, t.term_end) is null
    group by u.school_year
),

every as (
    select t.school_year, t.starts, t.ends, t.row, t.file, t.record from adapted.terms as t
    union all by name
    select h.school_year, h.row, h.file, h.record from homeless as h
),

spans as (
    select
        e.school_year,
        min(e.starts) as starts,
        max(e.ends) as ends,
        min(e.row) as row,
        arg_min(e.file, e.row) as file,
        min(e.record) as record
    from every as e
    group by e.school_year
)

select
    s.school_year,
    s.row,
    s.file,
    s.record,
    'school-year-' || s.school_year as sourcedId,
    (s.school_year - 1) || '-' || s.school_year as title,
    strftime(coalesce(s.starts, make_date(s.school_year - 1, 8, 1)), '%Y-%m-%d') as startDate,
    strftime(coalesce(s.ends, make_date(s.school_year, 6, 30)), '%Y-%m-%d') as endDate,
    s.school_year = u.school_year as is_usual
from spans as s
cross join usual as u
