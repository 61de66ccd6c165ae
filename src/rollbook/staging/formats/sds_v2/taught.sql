-- grain: one row per row of classes.csv, in the words that all formats share
select
    c.file,
    c.record,
    c.record as row,
    c.sourcedId as class_id,
    c.orgSourcedId as school,
    c.title as class_name,
    null::varchar as class_number,
    null::varchar as term_id,
    null::varchar as term_name,
    null::varchar as term_start,
    null::varchar as term_end,
    null::varchar as course_id,
    null::varchar as course_name,
    null::varchar as course_number,
    null::varchar as course_description,
    c.ext
from sds_v2_classes as c
