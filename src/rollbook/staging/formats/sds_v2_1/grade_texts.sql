-- grain: one row per text that stands where a grade belongs
select r.grade as raw from sds_v2_1_roles as r
union
select c.grade as raw from sds_v2_1_courses as c
