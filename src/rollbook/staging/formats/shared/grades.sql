-- grain: one row per text that stands where a grade belongs
-- A grade, a list of grades, a range of grades, or a range that a spreadsheet program took for a
-- date: `8-Jun` was 6-8. Any other text keeps its own form.
with months as (
    select
        unnest(['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']) as name,
        unnest(range(1, 13)) as number
),

texts as (
    select
        t.raw,
        word_of(t.raw) as word,
        regexp_extract(lower(t.raw), '^\s*(\d{1,2})-([a-z]{3})(?:-\d{2,4})?\s*$', ['day', 'month']) as day_month,
        regexp_extract(lower(t.raw), '^\s*([a-z]{3})-(\d{1,2})\s*$', ['month', 'day']) as month_day,
        regexp_extract(t.raw, '^\s*(\d{1,2})/(\d{1,2})/\d{2,4}\s*$', ['month', 'day']) as slashed,
        regexp_extract(t.raw, '^\s*\d{4}-(\d{1,2})-(\d{1,2})(?: .*)?$', ['month', 'day']) as iso
    from adapted.grade_texts as t
    where t.raw is not null
),

dated as (
    select
        t.raw,
        coalesce(m.number, try_cast(coalesce(nullif(t.slashed.month, ''), nullif(t.iso.month, '')) as integer)) as low,
        try_cast(
            coalesce(nullif(t.day_month.day, ''), nullif(t.month_day.day, ''), nullif(t.slashed.day, ''), nullif(t.iso.day, ''))
            as integer
        ) as high
    from texts as t
    left join months as m on m.name = coalesce(nullif(t.day_month.month, ''), nullif(t.month_day.month, ''))
),

ends as (
    select
        t.raw,
        t.word,
        d.low is not null and d.high between d.low and 13 as was_date,
        if(
            d.low is not null and d.high between d.low and 13,
            d.low::varchar,
            regexp_extract(t.word, '^(.+?)(?:-|–|to|through)(.+)$', 1)
        ) as low,
        if(
            d.low is not null and d.high between d.low and 13,
            d.high::varchar,
            regexp_extract(t.word, '^(.+?)(?:-|–|to|through)(.+)$', 2)
        ) as high
    from texts as t
    inner join dated as d using (raw)
),

ladder as (
    select
        g.grade,
        min(g.rank) as rank
    from crosswalk.grades as g
    group by g.grade
),

ranges as (
    select
        e.raw,
        string_agg(l.grade, ',' order by l.rank) as grades
    from ends as e
    inner join crosswalk.grades as low on e.low = low.word
    inner join crosswalk.grades as high on e.high = high.word
    inner join ladder as l
        on
            l.rank between low.rank and high.rank
            and (l.grade <> 'TK' or 'TK' in (low.grade, high.grade))
    where low.rank <= high.rank and high.rank <= 17
    group by e.raw
),

pieces as (
    select
        t.raw,
        unnest(regexp_split_to_array(t.word, '[,;/|&]+')) as word
    from texts as t
    where regexp_matches(t.word, '[,;/|&]')
),

lists as (
    select
        p.raw,
        string_agg(distinct coalesce(g.grade, p.word), ',' order by coalesce(g.grade, p.word)) as grades
    from pieces as p
    left join crosswalk.grades as g on p.word = g.word
    group by p.raw
    having count(*) = count(g.grade)
)

select
    e.raw,
    coalesce(g.grade, r.grades, l.grades, e.raw) as grades,
    e.was_date and r.grades is not null as was_date
from ends as e
left join crosswalk.grades as g on e.word = g.word
left join ranges as r on e.raw = r.raw
left join lists as l on e.raw = l.raw
