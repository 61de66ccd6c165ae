-- grain: one row: whether ids of teachers meet those of students, and are prefixed
select
    'teacher' as kind,
    if(
        list_contains(o.prefixed, 'teacher')
        or o.is_first_load and exists (
            select 1 from sds_v1_teacher as t
            semi join sds_v1_student as s on t."SIS ID" = s."SIS ID"
        ),
        'teacher-',
        ''
    ) as prefix
from adapted.options as o
