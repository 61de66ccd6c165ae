-- grain: one row per text that stands where a grade belongs
select distinct u.grade as raw from sds_v2_users as u
