-- grain: one row per text that stands where a date belongs
select a.startDate as raw from sds_v2_1_academicsessions as a
union
select a.endDate as raw from sds_v2_1_academicsessions as a
union
select r.roleStartDate as raw from sds_v2_1_roles as r
union
select r.roleEndDate as raw from sds_v2_1_roles as r
union
select d.birthDate as raw from sds_v2_1_demographics as d
