-- grain: one row per section that has a subject
-- The format's own words stay; other words are looked up in the subject, then in the section's name,
-- then in the course's.
with x as (select distinct k.subject from crosswalk.subjects as k)

select
    t.row,
    t.subject as raw,
    case
        when o.derives_subjects
            then coalesce(x.subject, s.subject, n.subject, c.subject, if(t.subject is null, null, 'other'))
        else replace(t.subject, ',', '')
    end as subject
from adapted.taught as t
cross join adapted.options as o
left join x on lower(t.subject) = lower(x.subject)
left join adapted.text_subjects as s on lower(t.subject) = s.text
left join adapted.text_subjects as n on lower(t.class_name) = n.text
left join adapted.text_subjects as c on lower(t.course_name) = c.text
