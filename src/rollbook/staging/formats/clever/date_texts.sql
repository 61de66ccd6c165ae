-- grain: one row per text that stands where a date belongs
select distinct s.DOB as raw from clever_students as s
union
select distinct s.Term_start as raw from clever_sections as s
union
select distinct s.Term_end as raw from clever_sections as s
