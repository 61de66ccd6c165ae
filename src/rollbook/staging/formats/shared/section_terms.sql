-- grain: one row per section, with its term or, where it tells none, the usual school year
select
    s.row,
    coalesce(t.sourcedId, y.sourcedId) as sourcedId,
    t.sourcedId is null as is_derived
from adapted.taught as s
left join adapted.term_texts as x on s.row = x.row
left join adapted.terms as t
    on
        x.term_id is not distinct from t.term_id
        and x.term_name is not distinct from t.term_name
        and x.start_date is not distinct from t.start_date
        and x.end_date is not distinct from t.end_date
        and x.row is not null
left join adapted.school_years as y on y.is_usual and x.row is null
