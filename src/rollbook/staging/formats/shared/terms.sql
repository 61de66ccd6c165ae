-- grain: one row per distinct term
-- A school year ends in the year of its last day before September; what starts in July begins one.
with told as (
    select
        t.term_id,
        t.term_name,
        t.start_date,
        t.end_date,
        any_value(t.starts) as starts,
        any_value(t.ends) as ends,
        min(t.row) as row,
        arg_min(t.file, t.row) as file,
        min(t.record) as record
    from adapted.term_texts as t
    group by t.term_id, t.term_name, t.start_date, t.end_date
),

placed as (
    select
        t.*,
        coalesce(
            year(t.ends) + if(month(t.ends) >= 9, 1, 0),
            year(t.starts) + if(month(t.starts) >= 7, 1, 0),
            try_cast(nullif(regexp_extract(t.term_name, '(?:19|20)\d\d\s*[-/–]\s*((?:19|20)\d\d)', 1), '') as integer),
            2000 + try_cast(nullif(regexp_extract(t.term_name, '20\d\d\s*[-/–]\s*(\d\d)(?:\D|$)', 1), '') as integer)
        ) as known_year
    from told as t
),

usual as (
    select coalesce(o.school_year, mode(p.known_year), o.this_school_year) as school_year
    from adapted.options as o
    left join placed as p on p.known_year is not null
    group by o.school_year, o.this_school_year
)

select
    p.term_id,
    p.term_name,
    p.start_date,
    p.end_date,
    p.starts,
    p.ends,
    p.row,
    p.file,
    p.record,
    coalesce(p.known_year, u.school_year) as school_year,
    coalesce(
        p.term_id,
        named_id(
            'term',
            coalesce(p.term_name, p.start_date, p.end_date),
            p.term_name,
            p.start_date,
            p.end_date
        )
    ) as sourcedId
from placed as p
cross join usual as u
