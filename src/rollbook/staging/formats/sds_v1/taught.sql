-- grain: one row per row of section.csv, in the words that all formats share
select
    s.file,
    s.record,
    s.record as row,
    s."SIS ID" as class_id,
    s."School SIS ID" as school,
    s."Section Name" as class_name,
    s."Section Number" as class_number,
    s."Term SIS ID" as term_id,
    s."Term Name" as term_name,
    s."Term StartDate" as term_start,
    s."Term EndDate" as term_end,
    s."Course SIS ID" as course_id,
    s."Course Name" as course_name,
    s."Course Number" as course_number,
    s."Course Description" as course_description,
    s."Course Subject" as subject,
    s.Periods as periods,
    s.Status as status,
    s.ext
from sds_v1_section as s
