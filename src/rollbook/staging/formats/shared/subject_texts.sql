-- grain: one row per text that may tell a subject
select distinct lower(t.subject) as text from adapted.taught as t
where t.subject is not null
union
select distinct lower(t.class_name) as text from adapted.taught as t
where t.class_name is not null
union
select distinct lower(t.course_name) as text from adapted.taught as t
where t.course_name is not null
