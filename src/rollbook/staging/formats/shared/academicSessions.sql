-- grain: one row per derived school year, and one per term under it
-- A term that tells no first or last day has those of its school year.
select
    y.row * 2 as row,
    y.file,
    y.record,
    y.sourcedId,
    y.title,
    'schoolYear' as type,
    y.startDate,
    y.endDate,
    null::varchar as parentSourcedId,
    y.school_year::varchar as schoolYear,
    null::varchar as metadata
from adapted.school_years as y
union all
select
    t.row * 2 + 1 as row,
    t.file,
    t.record,
    t.sourcedId,
    coalesce(t.term_name, t.term_id, concat_ws(' - ', t.start_date, t.end_date)) as title,
    'term' as type,
    coalesce(t.start_date, y.startDate) as startDate,
    coalesce(t.end_date, y.endDate) as endDate,
    y.sourcedId as parentSourcedId,
    t.school_year::varchar as schoolYear,
    null::varchar as metadata
from adapted.terms as t
inner join adapted.school_years as y on t.school_year = y.school_year
