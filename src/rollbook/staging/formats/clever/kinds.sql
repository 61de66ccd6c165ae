-- grain: one row per kind of person whose ids may collide with those of another
-- Students keep their ids. Of two kinds that collide the later is prefixed, whole.
with teachers as (
    select
        list_contains(o.prefixed, 'teacher')
        or o.is_first_load and exists (
            select 1 from clever_teachers as t
            semi join adapted.student_keys as s on t.Teacher_id = s.Student_id
        ) as is_prefixed
    from adapted.options as o
),

staff as (
    select
        list_contains(o.prefixed, 'staff')
        or o.is_first_load and (
            exists (
                select 1 from adapted.staff_schools as t
                semi join adapted.student_keys as s on t.Staff_id = s.Student_id
                where t.Teacher_id is null
            )
            or not k.is_prefixed and exists (
                select 1 from adapted.staff_schools as t
                semi join clever_teachers as s on t.Staff_id = s.Teacher_id
                where t.Teacher_id is null
            )
        ) as is_prefixed
    from adapted.options as o
    cross join teachers as k
),

contacts as (
    select
        list_contains(o.prefixed, 'contact')
        or o.is_first_load and (
            exists (
                select 1 from adapted.contact_rows as t
                semi join adapted.student_keys as s on t.id = s.Student_id
            )
            or not k.is_prefixed and exists (
                select 1 from adapted.contact_rows as t
                semi join clever_teachers as s on t.id = s.Teacher_id
            )
            or not f.is_prefixed and exists (
                select 1 from adapted.contact_rows as t
                semi join adapted.staff_schools as s on t.id = s.Staff_id and s.Teacher_id is null
            )
        ) as is_prefixed
    from adapted.options as o
    cross join teachers as k
    cross join staff as f
)

select 'teacher' as kind, if(t.is_prefixed, 'teacher-', '') as prefix from teachers as t
union all
select 'staff' as kind, if(t.is_prefixed, 'staff-', '') as prefix from staff as t
union all
select 'contact' as kind, if(t.is_prefixed, 'contact-', '') as prefix from contacts as t
