-- grain: one row per text that stands where a grade belongs
select distinct s.Grade as raw from clever_students as s
union
select distinct s.Grade as raw from clever_sections as s
union
select distinct s.Low_grade as raw from clever_schools as s
union
select distinct s.High_grade as raw from clever_schools as s
