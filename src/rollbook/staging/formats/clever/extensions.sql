-- grain: one row per kind and id with extension columns of its own file
select 'school' as kind, x.sis_id as id, arg_min(x.ext, x.record) as ext from clever_schools_ext as x
where x.ext is not null
group by x.sis_id
union all
select 'student' as kind, x.sis_id as id, arg_min(x.ext, x.record) as ext from clever_students_ext as x
where x.ext is not null
group by x.sis_id
union all
select 'teacher' as kind, x.sis_id as id, arg_min(x.ext, x.record) as ext from clever_teachers_ext as x
where x.ext is not null
group by x.sis_id
union all
select 'section' as kind, x.sis_id as id, arg_min(x.ext, x.record) as ext from clever_sections_ext as x
where x.ext is not null
group by x.sis_id
union all
select 'staff' as kind, x.staff_id as id, arg_min(x.ext, x.record) as ext from clever_staff_ext as x
where x.ext is not null
group by x.staff_id
