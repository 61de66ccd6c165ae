-- grain: one row per text that stands where a date belongs
select s."Term StartDate" as raw from sds_v1_section as s
union
select s."Term EndDate" as raw from sds_v1_section as s
union
select s.Birthdate as raw from sds_v1_student as s
