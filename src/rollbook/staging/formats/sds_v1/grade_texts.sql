-- grain: one row per text that stands where a grade belongs
select s.Grade as raw from sds_v1_student as s
union
select s."Grade Low" as raw from sds_v1_school as s
union
select s."Grade High" as raw from sds_v1_school as s
