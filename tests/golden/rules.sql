-- orgs.name.control_character
from "orgs" as t
where
regexp_matches(t."name", '[\x00-\x09\x0b\x0c\x0e-\x1f\x7f\x{200b}-\x{200f}\x{2028}\x{2029}\x{2060}\x{feff}]')
;

-- orgs.identifier.control_character
from "orgs" as t
where
regexp_matches(t."identifier", '[\x00-\x09\x0b\x0c\x0e-\x1f\x7f\x{200b}-\x{200f}\x{2028}\x{2029}\x{2060}\x{feff}]')
;

-- orgs.parentSourcedId.itself
from "orgs" as t
where
t."parentSourcedId" = t.sourcedId
;

-- orgs.name.line_break
from "orgs" as t
where
contains(t."name", chr(10)) or contains(t."name", chr(13))
;

-- orgs.identifier.line_break
from "orgs" as t
where
contains(t."identifier", chr(10)) or contains(t."identifier", chr(13))
;

-- orgs.name.long_text
from "orgs" as t
where
length(t."name") > 255
;

-- orgs.identifier.long_text
from "orgs" as t
where
length(t."identifier") > 255
;

-- orgs.name.lost_letter
from "orgs" as t
where
contains(t."name", '�')
;

-- orgs.sourcedId.missing
from "orgs" as t
where
t."sourcedId" is null
and ('sourcedId' = 'sourcedId' or coalesce(t.status, 'active') <> 'tobedeleted')
;

-- orgs.name.missing
from "orgs" as t
where
t."name" is null
and ('name' = 'sourcedId' or coalesce(t.status, 'active') <> 'tobedeleted')
;

-- orgs.type.missing
from "orgs" as t
where
t."type" is null
and ('type' = 'sourcedId' or coalesce(t.status, 'active') <> 'tobedeleted')
;

-- orgs.sourcedId.spreadsheet_error
from "orgs" as t
where
case
    when starts_with(t."sourcedId", '#') then
        t."sourcedId" in (
            '#NAME?', '#REF!', '#VALUE!', '#DIV/0!', '#NULL!', '#NUM!', '########'
        )
end
;

-- orgs.name.spreadsheet_error
from "orgs" as t
where
case
    when starts_with(t."name", '#') then
        t."name" in (
            '#NAME?', '#REF!', '#VALUE!', '#DIV/0!', '#NULL!', '#NUM!', '########'
        )
end
;

-- orgs.identifier.spreadsheet_error
from "orgs" as t
where
case
    when starts_with(t."identifier", '#') then
        t."identifier" in (
            '#NAME?', '#REF!', '#VALUE!', '#DIV/0!', '#NULL!', '#NUM!', '########'
        )
end
;

-- orgs.sourcedId.spreadsheet_number
from "orgs" as t
where
case
    when contains(t."sourcedId", 'E+') then regexp_full_match(t."sourcedId", '\d([.,]\d+)?E\+\d+')
    when ends_with(t."sourcedId", '.0') then regexp_full_match(t."sourcedId", '\d+\.0')
end
;

-- orgs.identifier.spreadsheet_number
from "orgs" as t
where
case
    when contains(t."identifier", 'E+') then regexp_full_match(t."identifier", '\d([.,]\d+)?E\+\d+')
    when ends_with(t."identifier", '.0') then regexp_full_match(t."identifier", '\d+\.0')
end
;

-- orgs.sourcedId.too_long
from "orgs" as t
where
length(t."sourcedId") > 255
;

-- orgs.status.unknown_value
from "orgs" as t
where
t."status" not in ('active', 'tobedeleted')
;

-- orgs.type.unknown_value
from "orgs" as t
where
t."type" not in ('department', 'school', 'district', 'local', 'state', 'national')
and not regexp_full_match(t."type", 'ext:[a-zA-Z0-9._-]+')
;

-- orgs.sourcedId.unusual_id
from "orgs" as t
where
not regexp_full_match(t."sourcedId", '[0-9a-zA-Z./_@-]+')
;

-- orgs.sourcedId.duplicate
select
    t.row,
    t.file,
    t.record,
    t.sourcedId,
    'sourcedId' as field,
    t.sourcedId as value
from "orgs" as t
inner join "repeated_orgs" as r on t.sourcedId = r.sourcedId
where not r.is_identical
;

-- orgs.dateLastModified.not_an_instant
select
    min(t.file) as file,
    min(t.record) as record,
    arg_min(t.sourcedId, t.record) as sourcedId,
    'dateLastModified' as field,
    arg_min(t."dateLastModified", t.record) as value,
    count(*) as rows
from "orgs" as t
where
    t."dateLastModified" is not null
    and try_cast(left(t."dateLastModified", 10) as date) is null
    or not regexp_full_match(
        t."dateLastModified", '\d{4}-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z'
    )
having count(*) > 0
;

-- orgs.sourcedId.repeated
select
    t.row,
    t.file,
    t.record,
    t.sourcedId,
    'sourcedId' as field,
    t.sourcedId as value
from "orgs" as t
inner join "repeated_orgs" as r on t.sourcedId = r.sourcedId
where r.is_identical and t.row > r.first_row
;

-- orgs.parentSourcedId.removed
select
    d.row,
    d.file,
    d.record,
    d.sourcedId,
    'parentSourcedId' as field,
    d.value
from "dangling_orgs_parentSourcedId" as d
where d.fate = 'removed'
;

-- orgs.parentSourcedId.set_aside
select
    d.row,
    d.file,
    d.record,
    d.sourcedId,
    'parentSourcedId' as field,
    d.value
from "dangling_orgs_parentSourcedId" as d
where d.fate = 'set_aside'
;

-- orgs.parentSourcedId.unknown
select
    d.row,
    d.file,
    d.record,
    d.sourcedId,
    'parentSourcedId' as field,
    d.value
from "dangling_orgs_parentSourcedId" as d
where d.fate = 'unknown'
;

-- orgs.sourcedId.no_class
from "seen_orgs" as t
where
t.type = 'school' and t.classes = 0
;

-- orgs.parentSourcedId.no_district
from "seen_orgs" as t
where
t.type = 'school' and t.has_districts and not t.is_in_district
;

-- orgs.sourcedId.no_student
from "seen_orgs" as t
where
t.type = 'school' and t.students = 0
;

-- orgs.sourcedId.nobody
from "seen_orgs" as t
where
t.type <> 'school' and t.people = 0 and t.classes = 0 and t.courses = 0 and t.children = 0
;

-- orgs.parentSourcedId.wrong_level
from "seen_orgs" as t
where
list_position(['national', 'state', 'local', 'school'], if(t.type = 'district', 'local', t.type))
< list_position(
    ['national', 'state', 'local', 'school'], if(t.parent_type = 'district', 'local', t.parent_type)
)
;

-- orgs.parentSourcedId.cycle
with circles as (
    select
        l.sourcedId,
        min(l.distance) as members
    from "lines_orgs" as l
    where l.sourcedId = l.ancestor
    group by l.sourcedId
    having min(l.distance) > 1
),

followers as (
    select distinct l.sourcedId
    from "lines_orgs" as l
    semi join circles as c on l.ancestor = c.sourcedId
    where l.ancestor < l.sourcedId
)

select
    t.file,
    t.record,
    t.sourcedId,
    'parentSourcedId' as field,
    t."parentSourcedId" as value,
    c.members as rows
from circles as c
anti join followers as f on c.sourcedId = f.sourcedId
inner join "live_orgs" as t on c.sourcedId = t.sourcedId
where t.record is not null
;

-- orgs.name.same_name
select
    min(t.file) as file,
    min(t.record) as record,
    arg_min(t.sourcedId, t.record) as sourcedId,
    'name' as field,
    arg_min(t.name, t.record) as value,
    count(*) as rows
from live_orgs as t
group by
    lower(t.name),
    t.type,
    t.parentSourcedId
having count(*) > 1 and count(t.record) > 0
;

-- orgs.identifier.shared
select
    min(t.file) as file,
    min(t.record) as record,
    arg_min(t.sourcedId, t.record) as sourcedId,
    'identifier' as field,
    t.identifier as value,
    count(*) as rows
from live_orgs as t
where t.identifier is not null
group by
    t.identifier,
    t.type
having count(*) > 1 and count(t.record) > 0
;

-- academicSessions.title.control_character
from "academicSessions" as t
where
regexp_matches(t."title", '[\x00-\x09\x0b\x0c\x0e-\x1f\x7f\x{200b}-\x{200f}\x{2028}\x{2029}\x{2060}\x{feff}]')
;

-- academicSessions.endDate.ends_before_start
from "academicSessions" as t
where
try_cast(t.endDate as date) <= try_cast(t.startDate as date)
;

-- academicSessions.startDate.implausible_date
from "academicSessions" as t
where
try_cast(t."startDate" as date) not between date '1950-01-01' and date '2100-12-31'
;

-- academicSessions.endDate.implausible_date
from "academicSessions" as t
where
try_cast(t."endDate" as date) not between date '1950-01-01' and date '2100-12-31'
;

-- academicSessions.parentSourcedId.itself
from "academicSessions" as t
where
t."parentSourcedId" = t.sourcedId
;

-- academicSessions.title.line_break
from "academicSessions" as t
where
contains(t."title", chr(10)) or contains(t."title", chr(13))
;

-- academicSessions.title.long_text
from "academicSessions" as t
where
length(t."title") > 255
;

-- academicSessions.title.lost_letter
from "academicSessions" as t
where
contains(t."title", '�')
;

-- academicSessions.sourcedId.missing
from "academicSessions" as t
where
t."sourcedId" is null
and ('sourcedId' = 'sourcedId' or coalesce(t.status, 'active') <> 'tobedeleted')
;

-- academicSessions.title.missing
from "academicSessions" as t
where
t."title" is null
and ('title' = 'sourcedId' or coalesce(t.status, 'active') <> 'tobedeleted')
;

-- academicSessions.type.missing
from "academicSessions" as t
where
t."type" is null
and ('type' = 'sourcedId' or coalesce(t.status, 'active') <> 'tobedeleted')
;

-- academicSessions.startDate.missing
from "academicSessions" as t
where
t."startDate" is null
and ('startDate' = 'sourcedId' or coalesce(t.status, 'active') <> 'tobedeleted')
;

-- academicSessions.endDate.missing
from "academicSessions" as t
where
t."endDate" is null
and ('endDate' = 'sourcedId' or coalesce(t.status, 'active') <> 'tobedeleted')
;

-- academicSessions.schoolYear.missing
from "academicSessions" as t
where
t."schoolYear" is null
and ('schoolYear' = 'sourcedId' or coalesce(t.status, 'active') <> 'tobedeleted')
;

-- academicSessions.startDate.not_a_date
from "academicSessions" as t
where
t."startDate" is not null
and (
    try_cast(t."startDate" as date)::varchar is distinct from t."startDate"
    or t."startDate" in ('infinity', '-infinity')
)
;

-- academicSessions.endDate.not_a_date
from "academicSessions" as t
where
t."endDate" is not null
and (
    try_cast(t."endDate" as date)::varchar is distinct from t."endDate"
    or t."endDate" in ('infinity', '-infinity')
)
;

-- academicSessions.schoolYear.not_a_year
from "academicSessions" as t
where
not regexp_full_match(t."schoolYear", '[12]\d\d\d')
;

-- academicSessions.endDate.one_day
from "academicSessions" as t
where
try_cast(t.endDate as date) - try_cast(t.startDate as date) = 1
;

-- academicSessions.endDate.over_two_years
from "academicSessions" as t
where
try_cast(t.endDate as date) - try_cast(t.startDate as date) > 731
;

-- academicSessions.sourcedId.spreadsheet_error
from "academicSessions" as t
where
case
    when starts_with(t."sourcedId", '#') then
        t."sourcedId" in (
            '#NAME?', '#REF!', '#VALUE!', '#DIV/0!', '#NULL!', '#NUM!', '########'
        )
end
;

-- academicSessions.title.spreadsheet_error
from "academicSessions" as t
where
case
    when starts_with(t."title", '#') then
        t."title" in (
            '#NAME?', '#REF!', '#VALUE!', '#DIV/0!', '#NULL!', '#NUM!', '########'
        )
end
;

-- academicSessions.sourcedId.spreadsheet_number
from "academicSessions" as t
where
case
    when contains(t."sourcedId", 'E+') then regexp_full_match(t."sourcedId", '\d([.,]\d+)?E\+\d+')
    when ends_with(t."sourcedId", '.0') then regexp_full_match(t."sourcedId", '\d+\.0')
end
;

-- academicSessions.sourcedId.too_long
from "academicSessions" as t
where
length(t."sourcedId") > 255
;

-- academicSessions.status.unknown_value
from "academicSessions" as t
where
t."status" not in ('active', 'tobedeleted')
;

-- academicSessions.type.unknown_value
from "academicSessions" as t
where
t."type" not in ('gradingPeriod', 'semester', 'schoolYear', 'term')
and not regexp_full_match(t."type", 'ext:[a-zA-Z0-9._-]+')
;

-- academicSessions.schoolYear.unlike_end
from "academicSessions" as t
where
case t.type
    when 'schoolYear' then
        try_cast(t.schoolYear as integer) not in (
            year(try_cast(t.endDate as date)), year(try_cast(t.endDate as date) - 1)
        )
    else
        year(try_cast(t.endDate as date) - 1)
        not between try_cast(t.schoolYear as integer) - 1 and try_cast(t.schoolYear as integer)
end
;

-- academicSessions.sourcedId.unusual_id
from "academicSessions" as t
where
not regexp_full_match(t."sourcedId", '[0-9a-zA-Z./_@-]+')
;

-- academicSessions.sourcedId.duplicate
select
    t.row,
    t.file,
    t.record,
    t.sourcedId,
    'sourcedId' as field,
    t.sourcedId as value
from "academicSessions" as t
inner join "repeated_academicSessions" as r on t.sourcedId = r.sourcedId
where not r.is_identical
;

-- academicSessions.dateLastModified.not_an_instant
select
    min(t.file) as file,
    min(t.record) as record,
    arg_min(t.sourcedId, t.record) as sourcedId,
    'dateLastModified' as field,
    arg_min(t."dateLastModified", t.record) as value,
    count(*) as rows
from "academicSessions" as t
where
    t."dateLastModified" is not null
    and try_cast(left(t."dateLastModified", 10) as date) is null
    or not regexp_full_match(
        t."dateLastModified", '\d{4}-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z'
    )
having count(*) > 0
;

-- academicSessions.sourcedId.repeated
select
    t.row,
    t.file,
    t.record,
    t.sourcedId,
    'sourcedId' as field,
    t.sourcedId as value
from "academicSessions" as t
inner join "repeated_academicSessions" as r on t.sourcedId = r.sourcedId
where r.is_identical and t.row > r.first_row
;

-- academicSessions.parentSourcedId.removed
select
    d.row,
    d.file,
    d.record,
    d.sourcedId,
    'parentSourcedId' as field,
    d.value
from "dangling_academicSessions_parentSourcedId" as d
where d.fate = 'removed'
;

-- academicSessions.parentSourcedId.set_aside
select
    d.row,
    d.file,
    d.record,
    d.sourcedId,
    'parentSourcedId' as field,
    d.value
from "dangling_academicSessions_parentSourcedId" as d
where d.fate = 'set_aside'
;

-- academicSessions.parentSourcedId.unknown
select
    d.row,
    d.file,
    d.record,
    d.sourcedId,
    'parentSourcedId' as field,
    d.value
from "dangling_academicSessions_parentSourcedId" as d
where d.fate = 'unknown'
;

-- academicSessions.sourcedId.no_class
from "seen_academicSessions" as t
where
t.type in ('term', 'semester') and t.classes = 0
;

-- academicSessions.startDate.outside_parent
from "seen_academicSessions" as t
where
t.startDate < t.parent_starts or try_cast(t.endDate as date) > try_cast(t.parent_ends as date) + 1
;

-- academicSessions.schoolYear.unlike_parent
from "seen_academicSessions" as t
where
t.schoolYear <> t.parent_year
;

-- academicSessions.parentSourcedId.wrong_type
from "seen_academicSessions" as t
where
case t.type
    when 'schoolYear' then t.parent_type is not null
    when 'gradingPeriod' then t.parent_type in ('schoolYear', 'gradingPeriod')
    when 'term' then t.parent_type in ('term', 'gradingPeriod')
    when 'semester' then t.parent_type in ('semester', 'term', 'gradingPeriod')
end
;

-- academicSessions.parentSourcedId.cycle
with circles as (
    select
        l.sourcedId,
        min(l.distance) as members
    from "lines_academicSessions" as l
    where l.sourcedId = l.ancestor
    group by l.sourcedId
    having min(l.distance) > 1
),

followers as (
    select distinct l.sourcedId
    from "lines_academicSessions" as l
    semi join circles as c on l.ancestor = c.sourcedId
    where l.ancestor < l.sourcedId
)

select
    t.file,
    t.record,
    t.sourcedId,
    'parentSourcedId' as field,
    t."parentSourcedId" as value,
    c.members as rows
from circles as c
anti join followers as f on c.sourcedId = f.sourcedId
inner join "live_academicSessions" as t on c.sourcedId = t.sourcedId
where t.record is not null
;

-- academicSessions.type.no_school_year
select
    min(t.file) as file,
    min(t.record) as record,
    arg_min(t.sourcedId, t.record) as sourcedId,
    'type' as field,
    arg_min(t.type, t.record) as value,
    count(*) as rows
from live_academicSessions as t
having count(t.record) > 0 and count(*) filter (where t.type = 'schoolYear') = 0
;

-- academicSessions.title.same_session
select
    min(t.file) as file,
    min(t.record) as record,
    arg_min(t.sourcedId, t.record) as sourcedId,
    'title' as field,
    t.title as value,
    count(*) as rows
from live_academicSessions as t
group by
    t.title,
    t.type,
    t.startDate,
    t.endDate,
    t.parentSourcedId
having count(*) > 1 and count(t.record) > 0
;

-- courses.title.control_character
from "courses" as t
where
regexp_matches(t."title", '[\x00-\x09\x0b\x0c\x0e-\x1f\x7f\x{200b}-\x{200f}\x{2028}\x{2029}\x{2060}\x{feff}]')
;

-- courses.courseCode.control_character
from "courses" as t
where
regexp_matches(t."courseCode", '[\x00-\x09\x0b\x0c\x0e-\x1f\x7f\x{200b}-\x{200f}\x{2028}\x{2029}\x{2060}\x{feff}]')
;

-- courses.grades.control_character
from "courses" as t
where
regexp_matches(t."grades", '[\x00-\x09\x0b\x0c\x0e-\x1f\x7f\x{200b}-\x{200f}\x{2028}\x{2029}\x{2060}\x{feff}]')
;

-- courses.subjects.control_character
from "courses" as t
where
regexp_matches(t."subjects", '[\x00-\x09\x0b\x0c\x0e-\x1f\x7f\x{200b}-\x{200f}\x{2028}\x{2029}\x{2060}\x{feff}]')
;

-- courses.subjectCodes.control_character
from "courses" as t
where
regexp_matches(t."subjectCodes", '[\x00-\x09\x0b\x0c\x0e-\x1f\x7f\x{200b}-\x{200f}\x{2028}\x{2029}\x{2060}\x{feff}]')
;

-- courses.grades.empty_element
from "courses" as t
where
contains(',' || replace(t."grades", ' ', '') || ',', ',,')
;

-- courses.subjects.empty_element
from "courses" as t
where
contains(',' || replace(t."subjects", ' ', '') || ',', ',,')
;

-- courses.subjectCodes.empty_element
from "courses" as t
where
contains(',' || replace(t."subjectCodes", ' ', '') || ',', ',,')
;

-- courses.title.line_break
from "courses" as t
where
contains(t."title", chr(10)) or contains(t."title", chr(13))
;

-- courses.courseCode.line_break
from "courses" as t
where
contains(t."courseCode", chr(10)) or contains(t."courseCode", chr(13))
;

-- courses.grades.line_break
from "courses" as t
where
contains(t."grades", chr(10)) or contains(t."grades", chr(13))
;

-- courses.subjects.line_break
from "courses" as t
where
contains(t."subjects", chr(10)) or contains(t."subjects", chr(13))
;

-- courses.subjectCodes.line_break
from "courses" as t
where
contains(t."subjectCodes", chr(10)) or contains(t."subjectCodes", chr(13))
;

-- courses.title.long_text
from "courses" as t
where
length(t."title") > 255
;

-- courses.courseCode.long_text
from "courses" as t
where
length(t."courseCode") > 255
;

-- courses.grades.long_text
from "courses" as t
where
length(t."grades") > 255
;

-- courses.subjects.long_text
from "courses" as t
where
length(t."subjects") > 255
;

-- courses.subjectCodes.long_text
from "courses" as t
where
length(t."subjectCodes") > 255
;

-- courses.title.lost_letter
from "courses" as t
where
contains(t."title", '�')
;

-- courses.sourcedId.missing
from "courses" as t
where
t."sourcedId" is null
and ('sourcedId' = 'sourcedId' or coalesce(t.status, 'active') <> 'tobedeleted')
;

-- courses.title.missing
from "courses" as t
where
t."title" is null
and ('title' = 'sourcedId' or coalesce(t.status, 'active') <> 'tobedeleted')
;

-- courses.orgSourcedId.missing
from "courses" as t
where
t."orgSourcedId" is null
and ('orgSourcedId' = 'sourcedId' or coalesce(t.status, 'active') <> 'tobedeleted')
;

-- courses.grades.repeated_element
from "courses" as t
where
case
    when contains(t."grades", ',') and not contains(',' || t."grades" || ',', ',,') then
        len(string_split(t."grades", ',')) > list_unique(string_split(t."grades", ','))
end
;

-- courses.subjects.repeated_element
from "courses" as t
where
case
    when contains(t."subjects", ',') and not contains(',' || t."subjects" || ',', ',,') then
        len(string_split(t."subjects", ',')) > list_unique(string_split(t."subjects", ','))
end
;

-- courses.subjectCodes.repeated_element
from "courses" as t
where
case
    when contains(t."subjectCodes", ',') and not contains(',' || t."subjectCodes" || ',', ',,') then
        len(string_split(t."subjectCodes", ',')) > list_unique(string_split(t."subjectCodes", ','))
end
;

-- courses.sourcedId.spreadsheet_error
from "courses" as t
where
case
    when starts_with(t."sourcedId", '#') then
        t."sourcedId" in (
            '#NAME?', '#REF!', '#VALUE!', '#DIV/0!', '#NULL!', '#NUM!', '########'
        )
end
;

-- courses.title.spreadsheet_error
from "courses" as t
where
case
    when starts_with(t."title", '#') then
        t."title" in (
            '#NAME?', '#REF!', '#VALUE!', '#DIV/0!', '#NULL!', '#NUM!', '########'
        )
end
;

-- courses.courseCode.spreadsheet_error
from "courses" as t
where
case
    when starts_with(t."courseCode", '#') then
        t."courseCode" in (
            '#NAME?', '#REF!', '#VALUE!', '#DIV/0!', '#NULL!', '#NUM!', '########'
        )
end
;

-- courses.sourcedId.spreadsheet_number
from "courses" as t
where
case
    when contains(t."sourcedId", 'E+') then regexp_full_match(t."sourcedId", '\d([.,]\d+)?E\+\d+')
    when ends_with(t."sourcedId", '.0') then regexp_full_match(t."sourcedId", '\d+\.0')
end
;

-- courses.courseCode.spreadsheet_number
from "courses" as t
where
case
    when contains(t."courseCode", 'E+') then regexp_full_match(t."courseCode", '\d([.,]\d+)?E\+\d+')
    when ends_with(t."courseCode", '.0') then regexp_full_match(t."courseCode", '\d+\.0')
end
;

-- courses.sourcedId.too_long
from "courses" as t
where
length(t."sourcedId") > 255
;

-- courses.status.unknown_value
from "courses" as t
where
t."status" not in ('active', 'tobedeleted')
;

-- courses.subjectCodes.unpaired
from "courses" as t
where
length(t.subjects) - length(replace(t.subjects, ',', ''))
<> length(t.subjectCodes) - length(replace(t.subjectCodes, ',', ''))
;

-- courses.sourcedId.unusual_id
from "courses" as t
where
not regexp_full_match(t."sourcedId", '[0-9a-zA-Z./_@-]+')
;

-- courses.sourcedId.duplicate
select
    t.row,
    t.file,
    t.record,
    t.sourcedId,
    'sourcedId' as field,
    t.sourcedId as value
from "courses" as t
inner join "repeated_courses" as r on t.sourcedId = r.sourcedId
where not r.is_identical
;

-- courses.dateLastModified.not_an_instant
select
    min(t.file) as file,
    min(t.record) as record,
    arg_min(t.sourcedId, t.record) as sourcedId,
    'dateLastModified' as field,
    arg_min(t."dateLastModified", t.record) as value,
    count(*) as rows
from "courses" as t
where
    t."dateLastModified" is not null
    and try_cast(left(t."dateLastModified", 10) as date) is null
    or not regexp_full_match(
        t."dateLastModified", '\d{4}-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z'
    )
having count(*) > 0
;

-- courses.sourcedId.repeated
select
    t.row,
    t.file,
    t.record,
    t.sourcedId,
    'sourcedId' as field,
    t.sourcedId as value
from "courses" as t
inner join "repeated_courses" as r on t.sourcedId = r.sourcedId
where r.is_identical and t.row > r.first_row
;

-- courses.grades.unusual_grade
with lists as (
    select
        t."grades" as grades,
        count(*) as rows,
        min(t.file) as file,
        min(t.record) as record,
        arg_min(t.sourcedId, t.record) as sourcedId
    from "courses" as t
    where t."grades" is not null
    group by t."grades"
),

elements as (
    select
        l.*,
        trim(unnest(list_distinct(string_split(l.grades, ',')))) as grade
    from lists as l
)

select
    min(e.file) as file,
    min(e.record) as record,
    arg_min(e.sourcedId, e.record) as sourcedId,
    'grades' as field,
    e.grade as value,
    sum(e.rows) as rows
from elements as e
where
    e.grade not in (
        '', 'IT', 'PR', 'PK', 'TK', 'KG', '01', '02', '03', '04', '05', '06', '07', '08', '09', '10',
        '11', '12', '13', 'PS', 'UG', 'Other'
    )
group by e.grade
;

-- courses.schoolYearSourcedId.removed
select
    d.row,
    d.file,
    d.record,
    d.sourcedId,
    'schoolYearSourcedId' as field,
    d.value
from "dangling_courses_schoolYearSourcedId" as d
where d.fate = 'removed'
;

-- courses.schoolYearSourcedId.set_aside
select
    d.row,
    d.file,
    d.record,
    d.sourcedId,
    'schoolYearSourcedId' as field,
    d.value
from "dangling_courses_schoolYearSourcedId" as d
where d.fate = 'set_aside'
;

-- courses.schoolYearSourcedId.unknown
select
    d.row,
    d.file,
    d.record,
    d.sourcedId,
    'schoolYearSourcedId' as field,
    d.value
from "dangling_courses_schoolYearSourcedId" as d
where d.fate = 'unknown'
;

-- courses.orgSourcedId.removed
select
    d.row,
    d.file,
    d.record,
    d.sourcedId,
    'orgSourcedId' as field,
    d.value
from "dangling_courses_orgSourcedId" as d
where d.fate = 'removed'
;

-- courses.orgSourcedId.set_aside
select
    d.row,
    d.file,
    d.record,
    d.sourcedId,
    'orgSourcedId' as field,
    d.value
from "dangling_courses_orgSourcedId" as d
where d.fate = 'set_aside'
;

-- courses.orgSourcedId.unknown
select
    d.row,
    d.file,
    d.record,
    d.sourcedId,
    'orgSourcedId' as field,
    d.value
from "dangling_courses_orgSourcedId" as d
where d.fate = 'unknown'
;

-- courses.sourcedId.no_class
from "seen_courses" as t
where
t.classes = 0
;

-- courses.schoolYearSourcedId.not_a_school_year
from "seen_courses" as t
where
t.year_type <> 'schoolYear' and t.year_type not like 'ext:%'
;

-- courses.courseCode.shared
select
    min(t.file) as file,
    min(t.record) as record,
    arg_min(t.sourcedId, t.record) as sourcedId,
    'courseCode' as field,
    t.courseCode as value,
    count(*) as rows
from live_courses as t
where t.courseCode is not null
group by
    t.courseCode,
    lower(t.title),
    t.orgSourcedId,
    t.schoolYearSourcedId
having count(*) > 1 and count(t.record) > 0
;

-- classes.title.control_character
from "classes" as t
where
regexp_matches(t."title", '[\x00-\x09\x0b\x0c\x0e-\x1f\x7f\x{200b}-\x{200f}\x{2028}\x{2029}\x{2060}\x{feff}]')
;

-- classes.grades.control_character
from "classes" as t
where
regexp_matches(t."grades", '[\x00-\x09\x0b\x0c\x0e-\x1f\x7f\x{200b}-\x{200f}\x{2028}\x{2029}\x{2060}\x{feff}]')
;

-- classes.classCode.control_character
from "classes" as t
where
regexp_matches(t."classCode", '[\x00-\x09\x0b\x0c\x0e-\x1f\x7f\x{200b}-\x{200f}\x{2028}\x{2029}\x{2060}\x{feff}]')
;

-- classes.location.control_character
from "classes" as t
where
regexp_matches(t."location", '[\x00-\x09\x0b\x0c\x0e-\x1f\x7f\x{200b}-\x{200f}\x{2028}\x{2029}\x{2060}\x{feff}]')
;

-- classes.subjects.control_character
from "classes" as t
where
regexp_matches(t."subjects", '[\x00-\x09\x0b\x0c\x0e-\x1f\x7f\x{200b}-\x{200f}\x{2028}\x{2029}\x{2060}\x{feff}]')
;

-- classes.subjectCodes.control_character
from "classes" as t
where
regexp_matches(t."subjectCodes", '[\x00-\x09\x0b\x0c\x0e-\x1f\x7f\x{200b}-\x{200f}\x{2028}\x{2029}\x{2060}\x{feff}]')
;

-- classes.periods.control_character
from "classes" as t
where
regexp_matches(t."periods", '[\x00-\x09\x0b\x0c\x0e-\x1f\x7f\x{200b}-\x{200f}\x{2028}\x{2029}\x{2060}\x{feff}]')
;

-- classes.grades.empty_element
from "classes" as t
where
contains(',' || replace(t."grades", ' ', '') || ',', ',,')
;

-- classes.termSourcedIds.empty_element
from "classes" as t
where
contains(',' || replace(t."termSourcedIds", ' ', '') || ',', ',,')
;

-- classes.subjects.empty_element
from "classes" as t
where
contains(',' || replace(t."subjects", ' ', '') || ',', ',,')
;

-- classes.subjectCodes.empty_element
from "classes" as t
where
contains(',' || replace(t."subjectCodes", ' ', '') || ',', ',,')
;

-- classes.periods.empty_element
from "classes" as t
where
contains(',' || replace(t."periods", ' ', '') || ',', ',,')
;

-- classes.title.line_break
from "classes" as t
where
contains(t."title", chr(10)) or contains(t."title", chr(13))
;

-- classes.grades.line_break
from "classes" as t
where
contains(t."grades", chr(10)) or contains(t."grades", chr(13))
;

-- classes.classCode.line_break
from "classes" as t
where
contains(t."classCode", chr(10)) or contains(t."classCode", chr(13))
;

-- classes.location.line_break
from "classes" as t
where
contains(t."location", chr(10)) or contains(t."location", chr(13))
;

-- classes.subjects.line_break
from "classes" as t
where
contains(t."subjects", chr(10)) or contains(t."subjects", chr(13))
;

-- classes.subjectCodes.line_break
from "classes" as t
where
contains(t."subjectCodes", chr(10)) or contains(t."subjectCodes", chr(13))
;

-- classes.periods.line_break
from "classes" as t
where
contains(t."periods", chr(10)) or contains(t."periods", chr(13))
;

-- classes.title.long_text
from "classes" as t
where
length(t."title") > 255
;

-- classes.grades.long_text
from "classes" as t
where
length(t."grades") > 255
;

-- classes.classCode.long_text
from "classes" as t
where
length(t."classCode") > 255
;

-- classes.location.long_text
from "classes" as t
where
length(t."location") > 255
;

-- classes.subjects.long_text
from "classes" as t
where
length(t."subjects") > 255
;

-- classes.subjectCodes.long_text
from "classes" as t
where
length(t."subjectCodes") > 255
;

-- classes.periods.long_text
from "classes" as t
where
length(t."periods") > 255
;

-- classes.title.lost_letter
from "classes" as t
where
contains(t."title", '�')
;

-- classes.sourcedId.missing
from "classes" as t
where
t."sourcedId" is null
and ('sourcedId' = 'sourcedId' or coalesce(t.status, 'active') <> 'tobedeleted')
;

-- classes.title.missing
from "classes" as t
where
t."title" is null
and ('title' = 'sourcedId' or coalesce(t.status, 'active') <> 'tobedeleted')
;

-- classes.courseSourcedId.missing
from "classes" as t
where
t."courseSourcedId" is null
and ('courseSourcedId' = 'sourcedId' or coalesce(t.status, 'active') <> 'tobedeleted')
;

-- classes.classType.missing
from "classes" as t
where
t."classType" is null
and ('classType' = 'sourcedId' or coalesce(t.status, 'active') <> 'tobedeleted')
;

-- classes.schoolSourcedId.missing
from "classes" as t
where
t."schoolSourcedId" is null
and ('schoolSourcedId' = 'sourcedId' or coalesce(t.status, 'active') <> 'tobedeleted')
;

-- classes.termSourcedIds.missing
from "classes" as t
where
t."termSourcedIds" is null
and ('termSourcedIds' = 'sourcedId' or coalesce(t.status, 'active') <> 'tobedeleted')
;

-- classes.grades.repeated_element
from "classes" as t
where
case
    when contains(t."grades", ',') and not contains(',' || t."grades" || ',', ',,') then
        len(string_split(t."grades", ',')) > list_unique(string_split(t."grades", ','))
end
;

-- classes.termSourcedIds.repeated_element
from "classes" as t
where
case
    when contains(t."termSourcedIds", ',') and not contains(',' || t."termSourcedIds" || ',', ',,') then
        len(string_split(t."termSourcedIds", ',')) > list_unique(string_split(t."termSourcedIds", ','))
end
;

-- classes.subjects.repeated_element
from "classes" as t
where
case
    when contains(t."subjects", ',') and not contains(',' || t."subjects" || ',', ',,') then
        len(string_split(t."subjects", ',')) > list_unique(string_split(t."subjects", ','))
end
;

-- classes.subjectCodes.repeated_element
from "classes" as t
where
case
    when contains(t."subjectCodes", ',') and not contains(',' || t."subjectCodes" || ',', ',,') then
        len(string_split(t."subjectCodes", ',')) > list_unique(string_split(t."subjectCodes", ','))
end
;

-- classes.periods.repeated_element
from "classes" as t
where
case
    when contains(t."periods", ',') and not contains(',' || t."periods" || ',', ',,') then
        len(string_split(t."periods", ',')) > list_unique(string_split(t."periods", ','))
end
;

-- classes.sourcedId.spreadsheet_error
from "classes" as t
where
case
    when starts_with(t."sourcedId", '#') then
        t."sourcedId" in (
            '#NAME?', '#REF!', '#VALUE!', '#DIV/0!', '#NULL!', '#NUM!', '########'
        )
end
;

-- classes.title.spreadsheet_error
from "classes" as t
where
case
    when starts_with(t."title", '#') then
        t."title" in (
            '#NAME?', '#REF!', '#VALUE!', '#DIV/0!', '#NULL!', '#NUM!', '########'
        )
end
;

-- classes.classCode.spreadsheet_error
from "classes" as t
where
case
    when starts_with(t."classCode", '#') then
        t."classCode" in (
            '#NAME?', '#REF!', '#VALUE!', '#DIV/0!', '#NULL!', '#NUM!', '########'
        )
end
;

-- classes.location.spreadsheet_error
from "classes" as t
where
case
    when starts_with(t."location", '#') then
        t."location" in (
            '#NAME?', '#REF!', '#VALUE!', '#DIV/0!', '#NULL!', '#NUM!', '########'
        )
end
;

-- classes.sourcedId.spreadsheet_number
from "classes" as t
where
case
    when contains(t."sourcedId", 'E+') then regexp_full_match(t."sourcedId", '\d([.,]\d+)?E\+\d+')
    when ends_with(t."sourcedId", '.0') then regexp_full_match(t."sourcedId", '\d+\.0')
end
;

-- classes.classCode.spreadsheet_number
from "classes" as t
where
case
    when contains(t."classCode", 'E+') then regexp_full_match(t."classCode", '\d([.,]\d+)?E\+\d+')
    when ends_with(t."classCode", '.0') then regexp_full_match(t."classCode", '\d+\.0')
end
;

-- classes.sourcedId.too_long
from "classes" as t
where
length(t."sourcedId") > 255
;

-- classes.status.unknown_value
from "classes" as t
where
t."status" not in ('active', 'tobedeleted')
;

-- classes.classType.unknown_value
from "classes" as t
where
t."classType" not in ('homeroom', 'scheduled')
and not regexp_full_match(t."classType", 'ext:[a-zA-Z0-9._-]+')
;

-- classes.subjectCodes.unpaired
from "classes" as t
where
length(t.subjects) - length(replace(t.subjects, ',', ''))
<> length(t.subjectCodes) - length(replace(t.subjectCodes, ',', ''))
;

-- classes.sourcedId.unusual_id
from "classes" as t
where
not regexp_full_match(t."sourcedId", '[0-9a-zA-Z./_@-]+')
;

-- classes.sourcedId.duplicate
select
    t.row,
    t.file,
    t.record,
    t.sourcedId,
    'sourcedId' as field,
    t.sourcedId as value
from "classes" as t
inner join "repeated_classes" as r on t.sourcedId = r.sourcedId
where not r.is_identical
;

-- classes.dateLastModified.not_an_instant
select
    min(t.file) as file,
    min(t.record) as record,
    arg_min(t.sourcedId, t.record) as sourcedId,
    'dateLastModified' as field,
    arg_min(t."dateLastModified", t.record) as value,
    count(*) as rows
from "classes" as t
where
    t."dateLastModified" is not null
    and try_cast(left(t."dateLastModified", 10) as date) is null
    or not regexp_full_match(
        t."dateLastModified", '\d{4}-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z'
    )
having count(*) > 0
;

-- classes.sourcedId.repeated
select
    t.row,
    t.file,
    t.record,
    t.sourcedId,
    'sourcedId' as field,
    t.sourcedId as value
from "classes" as t
inner join "repeated_classes" as r on t.sourcedId = r.sourcedId
where r.is_identical and t.row > r.first_row
;

-- classes.grades.unusual_grade
with lists as (
    select
        t."grades" as grades,
        count(*) as rows,
        min(t.file) as file,
        min(t.record) as record,
        arg_min(t.sourcedId, t.record) as sourcedId
    from "classes" as t
    where t."grades" is not null
    group by t."grades"
),

elements as (
    select
        l.*,
        trim(unnest(list_distinct(string_split(l.grades, ',')))) as grade
    from lists as l
)

select
    min(e.file) as file,
    min(e.record) as record,
    arg_min(e.sourcedId, e.record) as sourcedId,
    'grades' as field,
    e.grade as value,
    sum(e.rows) as rows
from elements as e
where
    e.grade not in (
        '', 'IT', 'PR', 'PK', 'TK', 'KG', '01', '02', '03', '04', '05', '06', '07', '08', '09', '10',
        '11', '12', '13', 'PS', 'UG', 'Other'
    )
group by e.grade
;

-- classes.courseSourcedId.removed
select
    d.row,
    d.file,
    d.record,
    d.sourcedId,
    'courseSourcedId' as field,
    d.value
from "dangling_classes_courseSourcedId" as d
where d.fate = 'removed'
;

-- classes.courseSourcedId.set_aside
select
    d.row,
    d.file,
    d.record,
    d.sourcedId,
    'courseSourcedId' as field,
    d.value
from "dangling_classes_courseSourcedId" as d
where d.fate = 'set_aside'
;

-- classes.courseSourcedId.unknown
select
    d.row,
    d.file,
    d.record,
    d.sourcedId,
    'courseSourcedId' as field,
    d.value
from "dangling_classes_courseSourcedId" as d
where d.fate = 'unknown'
;

-- classes.schoolSourcedId.removed
select
    d.row,
    d.file,
    d.record,
    d.sourcedId,
    'schoolSourcedId' as field,
    d.value
from "dangling_classes_schoolSourcedId" as d
where d.fate = 'removed'
;

-- classes.schoolSourcedId.set_aside
select
    d.row,
    d.file,
    d.record,
    d.sourcedId,
    'schoolSourcedId' as field,
    d.value
from "dangling_classes_schoolSourcedId" as d
where d.fate = 'set_aside'
;

-- classes.schoolSourcedId.unknown
select
    d.row,
    d.file,
    d.record,
    d.sourcedId,
    'schoolSourcedId' as field,
    d.value
from "dangling_classes_schoolSourcedId" as d
where d.fate = 'unknown'
;

-- classes.termSourcedIds.none_known
with known as (
    select n.row
    from -- grain: one row per element of termSourcedIds in a row of classes
(
    select
        r.row,
        r.file,
        r.record,
        r.sourcedId,
        trim(unnest(string_split(r."termSourcedIds", ','))) as value,
        generate_subscripts(string_split(r."termSourcedIds", ','), 1) as position
    from "classes" as r
    where
        r."termSourcedIds" is not null
        and coalesce(r.status, 'active') <> 'tobedeleted'
)
 as n
    semi join "dangling_classes_termSourcedIds" as d on n.row = d.row
    semi join "standing_academicSessions" as s on n.value = s.sourcedId
)

select
    t.row,
    t.file,
    t.record,
    t.sourcedId,
    'termSourcedIds' as field,
    t."termSourcedIds" as value
from "classes" as t
semi join "dangling_classes_termSourcedIds" as d on t.row = d.row
anti join known as k on t.row = k.row
;

-- classes.termSourcedIds.removed
select
    d.row,
    d.file,
    d.record,
    d.sourcedId,
    'termSourcedIds' as field,
    d.value
from "dangling_classes_termSourcedIds" as d
where d.fate = 'removed'
;

-- classes.termSourcedIds.set_aside
select
    d.row,
    d.file,
    d.record,
    d.sourcedId,
    'termSourcedIds' as field,
    d.value
from "dangling_classes_termSourcedIds" as d
where d.fate = 'set_aside'
;

-- classes.termSourcedIds.unknown
select
    d.row,
    d.file,
    d.record,
    d.sourcedId,
    'termSourcedIds' as field,
    d.value
from "dangling_classes_termSourcedIds" as d
where d.fate = 'unknown'
;

-- classes.sourcedId.many_teachers
from "seen_classes" as t
where
t.teachers > 10
;

-- classes.sourcedId.no_primary_teacher
from "seen_classes" as t
where
t.teachers > 0 and t.primaries = 0 and exists (select 1 from class_facts as f where f.primaries > 0)
;

-- classes.sourcedId.no_student
from "seen_classes" as t
where
t.students = 0
;

-- classes.sourcedId.no_teacher
from "seen_classes" as t
where
t.teachers = 0
;

-- classes.courseSourcedId.other_school
from "seen_classes" as t
where
t.course_org <> t.schoolSourcedId and t.course_org_type = 'school'
;

-- classes.termSourcedIds.outside_course_year
from "seen_classes" as t
where
t.ends <= t.year_starts or t.starts > t.year_ends
;

-- classes.termSourcedIds.several_years
from "seen_classes" as t
where
t.years > 1
;

-- classes.schoolSourcedId.not_a_school
from "seen_classes" as t
where
t.school_type <> 'school' and t.school_type not like 'ext:%'
;

-- classes.sourcedId.two_primary_teachers
with several as (
    select f.sourcedId
    from class_facts as f
    where f.primaries > 1
),

primaries as (
    select
        e.classSourcedId,
        e.userSourcedId,
        coalesce(e.beginDate, '0') as begins,
        coalesce(e.endDate, '9') as ends
    from live_enrollments as e
    semi join several as s on e.classSourcedId = s.sourcedId
    where e.role = 'teacher' and e."primary" = 'true'
),

together as (
    select distinct a.classSourcedId
    from primaries as a
    inner join primaries as b
        on
            a.classSourcedId = b.classSourcedId
            and a.userSourcedId < b.userSourcedId
            and a.begins < b.ends
            and b.begins < a.ends
)

select
    c.file,
    c.record,
    c.sourcedId,
    'sourcedId' as field,
    c.sourcedId as value
from live_classes as c
semi join together as g on c.sourcedId = g.classSourcedId
where c.record is not null
;

-- users.username.control_character
from "users" as t
where
regexp_matches(t."username", '[\x00-\x09\x0b\x0c\x0e-\x1f\x7f\x{200b}-\x{200f}\x{2028}\x{2029}\x{2060}\x{feff}]')
;

-- users.userIds.control_character
from "users" as t
where
regexp_matches(t."userIds", '[\x00-\x09\x0b\x0c\x0e-\x1f\x7f\x{200b}-\x{200f}\x{2028}\x{2029}\x{2060}\x{feff}]')
;

-- users.givenName.control_character
from "users" as t
where
regexp_matches(t."givenName", '[\x00-\x09\x0b\x0c\x0e-\x1f\x7f\x{200b}-\x{200f}\x{2028}\x{2029}\x{2060}\x{feff}]')
;

-- users.familyName.control_character
from "users" as t
where
regexp_matches(t."familyName", '[\x00-\x09\x0b\x0c\x0e-\x1f\x7f\x{200b}-\x{200f}\x{2028}\x{2029}\x{2060}\x{feff}]')
;

-- users.middleName.control_character
from "users" as t
where
regexp_matches(t."middleName", '[\x00-\x09\x0b\x0c\x0e-\x1f\x7f\x{200b}-\x{200f}\x{2028}\x{2029}\x{2060}\x{feff}]')
;

-- users.identifier.control_character
from "users" as t
where
regexp_matches(t."identifier", '[\x00-\x09\x0b\x0c\x0e-\x1f\x7f\x{200b}-\x{200f}\x{2028}\x{2029}\x{2060}\x{feff}]')
;

-- users.email.control_character
from "users" as t
where
regexp_matches(t."email", '[\x00-\x09\x0b\x0c\x0e-\x1f\x7f\x{200b}-\x{200f}\x{2028}\x{2029}\x{2060}\x{feff}]')
;

-- users.sms.control_character
from "users" as t
where
regexp_matches(t."sms", '[\x00-\x09\x0b\x0c\x0e-\x1f\x7f\x{200b}-\x{200f}\x{2028}\x{2029}\x{2060}\x{feff}]')
;

-- users.phone.control_character
from "users" as t
where
regexp_matches(t."phone", '[\x00-\x09\x0b\x0c\x0e-\x1f\x7f\x{200b}-\x{200f}\x{2028}\x{2029}\x{2060}\x{feff}]')
;

-- users.grades.control_character
from "users" as t
where
regexp_matches(t."grades", '[\x00-\x09\x0b\x0c\x0e-\x1f\x7f\x{200b}-\x{200f}\x{2028}\x{2029}\x{2060}\x{feff}]')
;

-- users.userMasterIdentifier.control_character
from "users" as t
where
regexp_matches(t."userMasterIdentifier", '[\x00-\x09\x0b\x0c\x0e-\x1f\x7f\x{200b}-\x{200f}\x{2028}\x{2029}\x{2060}\x{feff}]')
;

-- users.preferredGivenName.control_character
from "users" as t
where
regexp_matches(t."preferredGivenName", '[\x00-\x09\x0b\x0c\x0e-\x1f\x7f\x{200b}-\x{200f}\x{2028}\x{2029}\x{2060}\x{feff}]')
;

-- users.preferredMiddleName.control_character
from "users" as t
where
regexp_matches(t."preferredMiddleName", '[\x00-\x09\x0b\x0c\x0e-\x1f\x7f\x{200b}-\x{200f}\x{2028}\x{2029}\x{2060}\x{feff}]')
;

-- users.preferredFamilyName.control_character
from "users" as t
where
regexp_matches(t."preferredFamilyName", '[\x00-\x09\x0b\x0c\x0e-\x1f\x7f\x{200b}-\x{200f}\x{2028}\x{2029}\x{2060}\x{feff}]')
;

-- users.pronouns.control_character
from "users" as t
where
regexp_matches(t."pronouns", '[\x00-\x09\x0b\x0c\x0e-\x1f\x7f\x{200b}-\x{200f}\x{2028}\x{2029}\x{2060}\x{feff}]')
;

-- users.orgSourcedIds.empty_element
from "users" as t
where
contains(',' || replace(t."orgSourcedIds", ' ', '') || ',', ',,')
;

-- users.userIds.empty_element
from "users" as t
where
contains(',' || replace(t."userIds", ' ', '') || ',', ',,')
;

-- users.agentSourcedIds.empty_element
from "users" as t
where
contains(',' || replace(t."agentSourcedIds", ' ', '') || ',', ',,')
;

-- users.grades.empty_element
from "users" as t
where
contains(',' || replace(t."grades", ' ', '') || ',', ',,')
;

-- users.username.has_blank
from "users" as t
where
regexp_matches(t.username, '\s')
;

-- users.username.line_break
from "users" as t
where
contains(t."username", chr(10)) or contains(t."username", chr(13))
;

-- users.userIds.line_break
from "users" as t
where
contains(t."userIds", chr(10)) or contains(t."userIds", chr(13))
;

-- users.givenName.line_break
from "users" as t
where
contains(t."givenName", chr(10)) or contains(t."givenName", chr(13))
;

-- users.familyName.line_break
from "users" as t
where
contains(t."familyName", chr(10)) or contains(t."familyName", chr(13))
;

-- users.middleName.line_break
from "users" as t
where
contains(t."middleName", chr(10)) or contains(t."middleName", chr(13))
;

-- users.identifier.line_break
from "users" as t
where
contains(t."identifier", chr(10)) or contains(t."identifier", chr(13))
;

-- users.email.line_break
from "users" as t
where
contains(t."email", chr(10)) or contains(t."email", chr(13))
;

-- users.sms.line_break
from "users" as t
where
contains(t."sms", chr(10)) or contains(t."sms", chr(13))
;

-- users.phone.line_break
from "users" as t
where
contains(t."phone", chr(10)) or contains(t."phone", chr(13))
;

-- users.grades.line_break
from "users" as t
where
contains(t."grades", chr(10)) or contains(t."grades", chr(13))
;

-- users.userMasterIdentifier.line_break
from "users" as t
where
contains(t."userMasterIdentifier", chr(10)) or contains(t."userMasterIdentifier", chr(13))
;

-- users.preferredGivenName.line_break
from "users" as t
where
contains(t."preferredGivenName", chr(10)) or contains(t."preferredGivenName", chr(13))
;

-- users.preferredMiddleName.line_break
from "users" as t
where
contains(t."preferredMiddleName", chr(10)) or contains(t."preferredMiddleName", chr(13))
;

-- users.preferredFamilyName.line_break
from "users" as t
where
contains(t."preferredFamilyName", chr(10)) or contains(t."preferredFamilyName", chr(13))
;

-- users.pronouns.line_break
from "users" as t
where
contains(t."pronouns", chr(10)) or contains(t."pronouns", chr(13))
;

-- users.username.long_text
from "users" as t
where
length(t."username") > 255
;

-- users.userIds.long_text
from "users" as t
where
length(t."userIds") > 255
;

-- users.givenName.long_text
from "users" as t
where
length(t."givenName") > 255
;

-- users.familyName.long_text
from "users" as t
where
length(t."familyName") > 255
;

-- users.middleName.long_text
from "users" as t
where
length(t."middleName") > 255
;

-- users.identifier.long_text
from "users" as t
where
length(t."identifier") > 255
;

-- users.email.long_text
from "users" as t
where
length(t."email") > 255
;

-- users.sms.long_text
from "users" as t
where
length(t."sms") > 255
;

-- users.phone.long_text
from "users" as t
where
length(t."phone") > 255
;

-- users.grades.long_text
from "users" as t
where
length(t."grades") > 255
;

-- users.userMasterIdentifier.long_text
from "users" as t
where
length(t."userMasterIdentifier") > 255
;

-- users.preferredGivenName.long_text
from "users" as t
where
length(t."preferredGivenName") > 255
;

-- users.preferredMiddleName.long_text
from "users" as t
where
length(t."preferredMiddleName") > 255
;

-- users.preferredFamilyName.long_text
from "users" as t
where
length(t."preferredFamilyName") > 255
;

-- users.pronouns.long_text
from "users" as t
where
length(t."pronouns") > 255
;

-- users.givenName.lost_letter
from "users" as t
where
contains(t."givenName", '�')
;

-- users.familyName.lost_letter
from "users" as t
where
contains(t."familyName", '�')
;

-- users.middleName.lost_letter
from "users" as t
where
contains(t."middleName", '�')
;

-- users.preferredGivenName.lost_letter
from "users" as t
where
contains(t."preferredGivenName", '�')
;

-- users.preferredMiddleName.lost_letter
from "users" as t
where
contains(t."preferredMiddleName", '�')
;

-- users.preferredFamilyName.lost_letter
from "users" as t
where
contains(t."preferredFamilyName", '�')
;

-- users.email.malformed
from "users" as t
where
not regexp_full_match(
    t.email, '[^@\s,;<>()"]+@[^@\s,;<>()".]+(\.[^@\s,;<>()".]+)+'
)
;

-- users.userIds.malformed
from "users" as t
where
not regexp_full_match(
    t.userIds, '\{[^{}:,]+:[^{}:,]+\}( *, *\{[^{}:,]+:[^{}:,]+\})*,?'
)
;

-- users.sourcedId.missing
from "users" as t
where
t."sourcedId" is null
and ('sourcedId' = 'sourcedId' or coalesce(t.status, 'active') <> 'tobedeleted')
;

-- users.enabledUser.missing
from "users" as t
where
t."enabledUser" is null
and ('enabledUser' = 'sourcedId' or coalesce(t.status, 'active') <> 'tobedeleted')
;

-- users.role.missing
from "users" as t
where
t."role" is null
and ('role' = 'sourcedId' or coalesce(t.status, 'active') <> 'tobedeleted')
;

-- users.username.missing
from "users" as t
where
t."username" is null
and ('username' = 'sourcedId' or coalesce(t.status, 'active') <> 'tobedeleted')
;

-- users.givenName.missing
from "users" as t
where
t."givenName" is null
and ('givenName' = 'sourcedId' or coalesce(t.status, 'active') <> 'tobedeleted')
;

-- users.familyName.missing
from "users" as t
where
t."familyName" is null
and ('familyName' = 'sourcedId' or coalesce(t.status, 'active') <> 'tobedeleted')
;

-- users.orgSourcedIds.missing
from "users" as t
where
t.orgSourcedIds is null
;

-- users.sms.not_a_phone
from "users" as t
where
not regexp_full_match(t."sms", '\+?\d{7,15}')
and not (
    regexp_full_match(lower(t."sms"), '\+?[\d ().\-/]+( *(x|ext\.?|#) *\d{1,6})?')
    and length(regexp_replace(regexp_replace(lower(t."sms"), '(x|ext|#).*', ''), '\D', '', 'g'))
    between 7 and 15
)
;

-- users.phone.not_a_phone
from "users" as t
where
not regexp_full_match(t."phone", '\+?\d{7,15}')
and not (
    regexp_full_match(lower(t."phone"), '\+?[\d ().\-/]+( *(x|ext\.?|#) *\d{1,6})?')
    and length(regexp_replace(regexp_replace(lower(t."phone"), '(x|ext|#).*', ''), '\D', '', 'g'))
    between 7 and 15
)
;

-- users.givenName.only_digits
from "users" as t
where
regexp_full_match(t."givenName", '[\d .\-]*\d[\d .\-]*')
;

-- users.familyName.only_digits
from "users" as t
where
regexp_full_match(t."familyName", '[\d .\-]*\d[\d .\-]*')
;

-- users.agentSourcedIds.own_agent
from "users" as t
where
case
    when contains(t.agentSourcedIds, t.sourcedId) then
        list_contains(string_split(t.agentSourcedIds, ','), t.sourcedId)
end
;

-- users.email.placeholder_address
from "users" as t
where
regexp_full_match(
    lower(t.email),
    '(none|no|noemail|no-email|noreply|no-reply|na|n/a|nobody|test|x+|email|unknown)@(none|no|email|noemail|test|na|nowhere|x+|mail|unknown|domain)\.[a-z]+'
)
;

-- users.givenName.placeholder_name
from "users" as t
where
lower(t."givenName") in (
    'unknown', 'none', 'n/a', 'na', 'null', 'tbd', 'tba', 'test', 'tester', 'xxx', 'xx', 'x', '-', '--',
    '.', '?', 'no name', 'noname', 'vacant', 'vacancy', 'first', 'last', 'firstname', 'lastname',
    'first name', 'last name', 'givenname', 'familyname', 'student', 'teacher', 'staff', 'dummy'
)
;

-- users.familyName.placeholder_name
from "users" as t
where
lower(t."familyName") in (
    'unknown', 'none', 'n/a', 'na', 'null', 'tbd', 'tba', 'test', 'tester', 'xxx', 'xx', 'x', '-', '--',
    '.', '?', 'no name', 'noname', 'vacant', 'vacancy', 'first', 'last', 'firstname', 'lastname',
    'first name', 'last name', 'givenname', 'familyname', 'student', 'teacher', 'staff', 'dummy'
)
;

-- users.sms.placeholder_phone
from "users" as t
where
regexp_matches(t."sms", '000|111|222|333|444|555|666|777|888|999|123')
and regexp_full_match(
    regexp_replace(t."sms", '\D', '', 'g'),
    '0{7,}|1{7,}|2{7,}|3{7,}|4{7,}|5{7,}|6{7,}|7{7,}|8{7,}|9{7,}|12345678?9?0?'
)
;

-- users.phone.placeholder_phone
from "users" as t
where
regexp_matches(t."phone", '000|111|222|333|444|555|666|777|888|999|123')
and regexp_full_match(
    regexp_replace(t."phone", '\D', '', 'g'),
    '0{7,}|1{7,}|2{7,}|3{7,}|4{7,}|5{7,}|6{7,}|7{7,}|8{7,}|9{7,}|12345678?9?0?'
)
;

-- users.orgSourcedIds.repeated_element
from "users" as t
where
case
    when contains(t."orgSourcedIds", ',') and not contains(',' || t."orgSourcedIds" || ',', ',,') then
        len(string_split(t."orgSourcedIds", ',')) > list_unique(string_split(t."orgSourcedIds", ','))
end
;

-- users.userIds.repeated_element
from "users" as t
where
case
    when contains(t."userIds", ',') and not contains(',' || t."userIds" || ',', ',,') then
        len(string_split(t."userIds", ',')) > list_unique(string_split(t."userIds", ','))
end
;

-- users.agentSourcedIds.repeated_element
from "users" as t
where
case
    when contains(t."agentSourcedIds", ',') and not contains(',' || t."agentSourcedIds" || ',', ',,') then
        len(string_split(t."agentSourcedIds", ',')) > list_unique(string_split(t."agentSourcedIds", ','))
end
;

-- users.grades.repeated_element
from "users" as t
where
case
    when contains(t."grades", ',') and not contains(',' || t."grades" || ',', ',,') then
        len(string_split(t."grades", ',')) > list_unique(string_split(t."grades", ','))
end
;

-- users.sourcedId.spreadsheet_error
from "users" as t
where
case
    when starts_with(t."sourcedId", '#') then
        t."sourcedId" in (
            '#NAME?', '#REF!', '#VALUE!', '#DIV/0!', '#NULL!', '#NUM!', '########'
        )
end
;

-- users.username.spreadsheet_error
from "users" as t
where
case
    when starts_with(t."username", '#') then
        t."username" in (
            '#NAME?', '#REF!', '#VALUE!', '#DIV/0!', '#NULL!', '#NUM!', '########'
        )
end
;

-- users.givenName.spreadsheet_error
from "users" as t
where
case
    when starts_with(t."givenName", '#') then
        t."givenName" in (
            '#NAME?', '#REF!', '#VALUE!', '#DIV/0!', '#NULL!', '#NUM!', '########'
        )
end
;

-- users.familyName.spreadsheet_error
from "users" as t
where
case
    when starts_with(t."familyName", '#') then
        t."familyName" in (
            '#NAME?', '#REF!', '#VALUE!', '#DIV/0!', '#NULL!', '#NUM!', '########'
        )
end
;

-- users.middleName.spreadsheet_error
from "users" as t
where
case
    when starts_with(t."middleName", '#') then
        t."middleName" in (
            '#NAME?', '#REF!', '#VALUE!', '#DIV/0!', '#NULL!', '#NUM!', '########'
        )
end
;

-- users.identifier.spreadsheet_error
from "users" as t
where
case
    when starts_with(t."identifier", '#') then
        t."identifier" in (
            '#NAME?', '#REF!', '#VALUE!', '#DIV/0!', '#NULL!', '#NUM!', '########'
        )
end
;

-- users.email.spreadsheet_error
from "users" as t
where
case
    when starts_with(t."email", '#') then
        t."email" in (
            '#NAME?', '#REF!', '#VALUE!', '#DIV/0!', '#NULL!', '#NUM!', '########'
        )
end
;

-- users.sms.spreadsheet_error
from "users" as t
where
case
    when starts_with(t."sms", '#') then
        t."sms" in (
            '#NAME?', '#REF!', '#VALUE!', '#DIV/0!', '#NULL!', '#NUM!', '########'
        )
end
;

-- users.phone.spreadsheet_error
from "users" as t
where
case
    when starts_with(t."phone", '#') then
        t."phone" in (
            '#NAME?', '#REF!', '#VALUE!', '#DIV/0!', '#NULL!', '#NUM!', '########'
        )
end
;

-- users.userMasterIdentifier.spreadsheet_error
from "users" as t
where
case
    when starts_with(t."userMasterIdentifier", '#') then
        t."userMasterIdentifier" in (
            '#NAME?', '#REF!', '#VALUE!', '#DIV/0!', '#NULL!', '#NUM!', '########'
        )
end
;

-- users.preferredGivenName.spreadsheet_error
from "users" as t
where
case
    when starts_with(t."preferredGivenName", '#') then
        t."preferredGivenName" in (
            '#NAME?', '#REF!', '#VALUE!', '#DIV/0!', '#NULL!', '#NUM!', '########'
        )
end
;

-- users.preferredMiddleName.spreadsheet_error
from "users" as t
where
case
    when starts_with(t."preferredMiddleName", '#') then
        t."preferredMiddleName" in (
            '#NAME?', '#REF!', '#VALUE!', '#DIV/0!', '#NULL!', '#NUM!', '########'
        )
end
;

-- users.preferredFamilyName.spreadsheet_error
from "users" as t
where
case
    when starts_with(t."preferredFamilyName", '#') then
        t."preferredFamilyName" in (
            '#NAME?', '#REF!', '#VALUE!', '#DIV/0!', '#NULL!', '#NUM!', '########'
        )
end
;

-- users.pronouns.spreadsheet_error
from "users" as t
where
case
    when starts_with(t."pronouns", '#') then
        t."pronouns" in (
            '#NAME?', '#REF!', '#VALUE!', '#DIV/0!', '#NULL!', '#NUM!', '########'
        )
end
;

-- users.sourcedId.spreadsheet_number
from "users" as t
where
case
    when contains(t."sourcedId", 'E+') then regexp_full_match(t."sourcedId", '\d([.,]\d+)?E\+\d+')
    when ends_with(t."sourcedId", '.0') then regexp_full_match(t."sourcedId", '\d+\.0')
end
;

-- users.username.spreadsheet_number
from "users" as t
where
case
    when contains(t."username", 'E+') then regexp_full_match(t."username", '\d([.,]\d+)?E\+\d+')
    when ends_with(t."username", '.0') then regexp_full_match(t."username", '\d+\.0')
end
;

-- users.identifier.spreadsheet_number
from "users" as t
where
case
    when contains(t."identifier", 'E+') then regexp_full_match(t."identifier", '\d([.,]\d+)?E\+\d+')
    when ends_with(t."identifier", '.0') then regexp_full_match(t."identifier", '\d+\.0')
end
;

-- users.sourcedId.too_long
from "users" as t
where
length(t."sourcedId") > 255
;

-- users.givenName.two_names
from "users" as t
where
contains(t.givenName, ',')
;

-- users.status.unknown_value
from "users" as t
where
t."status" not in ('active', 'tobedeleted')
;

-- users.enabledUser.unknown_value
from "users" as t
where
t."enabledUser" not in ('true', 'false')
;

-- users.role.unknown_value
from "users" as t
where
t."role" not in ('administrator', 'aide', 'guardian', 'parent', 'proctor', 'relative', 'student', 'teacher')
and not regexp_full_match(t."role", 'ext:[a-zA-Z0-9._-]+')
;

-- users.sourcedId.unusual_id
from "users" as t
where
not regexp_full_match(t."sourcedId", '[0-9a-zA-Z./_@-]+')
;

-- users.sourcedId.duplicate
select
    t.row,
    t.file,
    t.record,
    t.sourcedId,
    'sourcedId' as field,
    t.sourcedId as value
from "users" as t
inner join "repeated_users" as r on t.sourcedId = r.sourcedId
where not r.is_identical
;

-- users.dateLastModified.not_an_instant
select
    min(t.file) as file,
    min(t.record) as record,
    arg_min(t.sourcedId, t.record) as sourcedId,
    'dateLastModified' as field,
    arg_min(t."dateLastModified", t.record) as value,
    count(*) as rows
from "users" as t
where
    t."dateLastModified" is not null
    and try_cast(left(t."dateLastModified", 10) as date) is null
    or not regexp_full_match(
        t."dateLastModified", '\d{4}-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z'
    )
having count(*) > 0
;

-- users.sourcedId.repeated
select
    t.row,
    t.file,
    t.record,
    t.sourcedId,
    'sourcedId' as field,
    t.sourcedId as value
from "users" as t
inner join "repeated_users" as r on t.sourcedId = r.sourcedId
where r.is_identical and t.row > r.first_row
;

-- users.grades.unusual_grade
with lists as (
    select
        t."grades" as grades,
        count(*) as rows,
        min(t.file) as file,
        min(t.record) as record,
        arg_min(t.sourcedId, t.record) as sourcedId
    from "users" as t
    where t."grades" is not null
    group by t."grades"
),

elements as (
    select
        l.*,
        trim(unnest(list_distinct(string_split(l.grades, ',')))) as grade
    from lists as l
)

select
    min(e.file) as file,
    min(e.record) as record,
    arg_min(e.sourcedId, e.record) as sourcedId,
    'grades' as field,
    e.grade as value,
    sum(e.rows) as rows
from elements as e
where
    e.grade not in (
        '', 'IT', 'PR', 'PK', 'TK', 'KG', '01', '02', '03', '04', '05', '06', '07', '08', '09', '10',
        '11', '12', '13', 'PS', 'UG', 'Other'
    )
group by e.grade
;

-- users.orgSourcedIds.none_known
with known as (
    select n.row
    from -- grain: one row per element of orgSourcedIds in a row of users
(
    select
        r.row,
        r.file,
        r.record,
        r.sourcedId,
        trim(unnest(string_split(r."orgSourcedIds", ','))) as value,
        generate_subscripts(string_split(r."orgSourcedIds", ','), 1) as position
    from "users" as r
    where
        r."orgSourcedIds" is not null
        and coalesce(r.status, 'active') <> 'tobedeleted'
)
 as n
    semi join "dangling_users_orgSourcedIds" as d on n.row = d.row
    semi join "standing_orgs" as s on n.value = s.sourcedId
)

select
    t.row,
    t.file,
    t.record,
    t.sourcedId,
    'orgSourcedIds' as field,
    t."orgSourcedIds" as value
from "users" as t
semi join "dangling_users_orgSourcedIds" as d on t.row = d.row
anti join known as k on t.row = k.row
;

-- users.orgSourcedIds.removed
select
    d.row,
    d.file,
    d.record,
    d.sourcedId,
    'orgSourcedIds' as field,
    d.value
from "dangling_users_orgSourcedIds" as d
where d.fate = 'removed'
;

-- users.orgSourcedIds.set_aside
select
    d.row,
    d.file,
    d.record,
    d.sourcedId,
    'orgSourcedIds' as field,
    d.value
from "dangling_users_orgSourcedIds" as d
where d.fate = 'set_aside'
;

-- users.orgSourcedIds.unknown
select
    d.row,
    d.file,
    d.record,
    d.sourcedId,
    'orgSourcedIds' as field,
    d.value
from "dangling_users_orgSourcedIds" as d
where d.fate = 'unknown'
;

-- users.agentSourcedIds.removed
select
    d.row,
    d.file,
    d.record,
    d.sourcedId,
    'agentSourcedIds' as field,
    d.value
from "dangling_users_agentSourcedIds" as d
where d.fate = 'removed'
;

-- users.agentSourcedIds.set_aside
select
    d.row,
    d.file,
    d.record,
    d.sourcedId,
    'agentSourcedIds' as field,
    d.value
from "dangling_users_agentSourcedIds" as d
where d.fate = 'set_aside'
;

-- users.agentSourcedIds.unknown
select
    d.row,
    d.file,
    d.record,
    d.sourcedId,
    'agentSourcedIds' as field,
    d.value
from "dangling_users_agentSourcedIds" as d
where d.fate = 'unknown'
;

-- users.primaryOrgSourcedId.removed
select
    d.row,
    d.file,
    d.record,
    d.sourcedId,
    'primaryOrgSourcedId' as field,
    d.value
from "dangling_users_primaryOrgSourcedId" as d
where d.fate = 'removed'
;

-- users.primaryOrgSourcedId.set_aside
select
    d.row,
    d.file,
    d.record,
    d.sourcedId,
    'primaryOrgSourcedId' as field,
    d.value
from "dangling_users_primaryOrgSourcedId" as d
where d.fate = 'set_aside'
;

-- users.primaryOrgSourcedId.unknown
select
    d.row,
    d.file,
    d.record,
    d.sourcedId,
    'primaryOrgSourcedId' as field,
    d.value
from "dangling_users_primaryOrgSourcedId" as d
where d.fate = 'unknown'
;

-- users.agentSourcedIds.many_guardians
from "seen_users" as t
where
t.kind = 'student' and t.adults > 6
;

-- users.sourcedId.no_child
from "seen_users" as t
where
t.kind = 'family' and t.children = 0
;

-- users.sourcedId.no_contact
from "seen_users" as t
where
t.kind = 'family'
and coalesce(t.email, t.sms, t.phone) is null
and exists (
    select 1
    from live_users as o
    where
        o.role in ('parent', 'guardian', 'relative')
        and coalesce(o.email, o.sms, o.phone) is not null
)
;

-- users.sourcedId.no_enrollment
from "seen_users" as t
where
t.kind = 'student' and t.studies = 0
;

-- users.grades.missing
from "seen_users" as t
where
t.kind = 'student'
and t.grades is null
and exists (select 1 from user_facts as f where f.kind = 'student' and f.grades is not null)
;

-- users.primaryOrgSourcedId.no_role
from "seen_users" as t
where
case
    when t.primaryOrgSourcedId is not null then
        not list_contains(string_split(t.orgSourcedIds, ','), t.primaryOrgSourcedId)
end
;

-- users.orgSourcedIds.no_school
from "seen_users" as t
where
t.kind = 'student' and t.orgSourcedIds is not null and not t.is_at_school
;

-- users.sourcedId.teaches_nothing
from "seen_users" as t
where
t.role = 'teacher' and t.teaches = 0
;

-- users.sourcedId.likely_duplicate
with students as (
    select
        u.sourcedId,
        u.file,
        u.record,
        lower(u.givenName || ' ' || u.familyName) as name,
        u.username,
        coalesce(d.birthDate, lower(u.email)) as mark
    from live_users as u
    inner join user_facts as f on u.sourcedId = f.sourcedId
    left join live_demographics as d on u.sourcedId = d.sourcedId
    where f.kind = 'student' and coalesce(d.birthDate, u.email) is not null
),

repeated as (
    select hash(s.name, s.mark) as looks
    from students as s
    group by hash(s.name, s.mark)
    having count(*) > 1
),

people as (
    select s.*
    from students as s
    semi join repeated as r on hash(s.name, s.mark) = r.looks
)

select
    min(p.file) as file,
    min(p.record) as record,
    arg_min(p.sourcedId, p.record) as sourcedId,
    'sourcedId' as field,
    arg_min(p.sourcedId, p.record) as value,
    count(*) as rows
from people as p
group by
    p.name,
    p.mark
having count(p.record) > 0 and count(*) > 1 and count(distinct lower(p.username)) > 1
;

-- users.username.one_person
with shared as (
    select lower(u.username) as username
    from live_users as u
    group by lower(u.username)
    having count(*) > 1
)

select
    min(u.file) as file,
    min(u.record) as record,
    arg_min(u.sourcedId, u.record) as sourcedId,
    'username' as field,
    arg_min(u.username, u.record) as value,
    count(*) as rows
from live_users as u
semi join shared as s on lower(u.username) = s.username
group by lower(u.username)
having
    count(u.record) > 0
    and count(distinct lower(u.givenName || ' ' || u.familyName)) = 1
;

-- users.agentSourcedIds.one_way
select
    min(u.file) as file,
    min(u.record) as record,
    arg_min(u.sourcedId, u.record) as sourcedId,
    'agentSourcedIds' as field,
    arg_min(u.agentSourcedIds, u.record) as value,
    count(*) as rows
from families as f
inner join live_users as u on u.sourcedId = if(f.has_told_student, f.student, f.adult)
where f.has_told_student <> f.has_told_adult and u.record is not null
group by f.has_told_student
;

-- users.email.shared
with shared as (
    select lower(u.email) as email
    from live_users as u
    where u.email is not null
    group by lower(u.email)
    having count(*) > 1
),

sharers as (
    select
        u.sourcedId,
        u.username,
        u.givenName,
        u.familyName,
        u.email,
        u.file,
        u.record,
        s.email as address
    from live_users as u
    inner join shared as s on lower(u.email) = s.email
),

relatives as (
    select
        s.address,
        s.sourcedId,
        s.sourcedId as family
    from sharers as s
    union
    select
        s.address,
        s.sourcedId,
        f.student as family
    from sharers as s
    inner join families as f on s.sourcedId = f.adult
    union
    select
        s.address,
        s.sourcedId,
        f.adult as family
    from sharers as s
    inner join families as f on s.sourcedId = f.student
),

members as (
    select
        r.address,
        r.family,
        count(*) as people
    from relatives as r
    group by
        r.address,
        r.family
),

largest as (
    select
        m.address,
        max(m.people) as people
    from members as m
    group by m.address
)

select
    min(s.file) as file,
    min(s.record) as record,
    arg_min(s.sourcedId, s.record) as sourcedId,
    'email' as field,
    arg_min(s.email, s.record) as value,
    count(*) as rows
from sharers as s
inner join largest as l on s.address = l.address
group by s.address
having
    count(s.record) > 0
    and any_value(l.people) < count(*)
    and count(distinct lower(s.givenName || ' ' || s.familyName)) > 1
;

-- users.identifier.shared
with shared as (
    select u.identifier
    from live_users as u
    where u.identifier is not null
    group by u.identifier
    having count(*) > 1
)

select
    min(u.file) as file,
    min(u.record) as record,
    arg_min(u.sourcedId, u.record) as sourcedId,
    'identifier' as field,
    u.identifier as value,
    count(*) as rows
from live_users as u
semi join shared as s on u.identifier = s.identifier
inner join user_facts as f on u.sourcedId = f.sourcedId
group by
    u.identifier,
    f.kind
having
    count(u.record) > 0
    and count(distinct lower(u.givenName || ' ' || u.familyName)) > 1
;

-- users.userIds.shared
with ids as (
    select
        u.sourcedId,
        trim(unnest(string_split(u.userIds, ','))) as id
    from live_users as u
    where u.userIds is not null
),

repeated as (
    select i.id
    from ids as i
    where i.id <> ''
    group by i.id
    having count(*) > 1
)

select
    min(u.file) as file,
    min(u.record) as record,
    arg_min(u.sourcedId, u.record) as sourcedId,
    'userIds' as field,
    i.id as value,
    count(*) as rows
from ids as i
semi join repeated as r on i.id = r.id
inner join live_users as u on i.sourcedId = u.sourcedId
group by i.id
having
    count(distinct u.sourcedId) > 1
    and count(distinct lower(u.givenName || ' ' || u.familyName)) > 1
    and count(u.record) > 0
;

-- users.username.shared
with shared as (
    select lower(u.username) as username
    from live_users as u
    group by lower(u.username)
    having count(*) > 1
)

select
    min(u.file) as file,
    min(u.record) as record,
    arg_min(u.sourcedId, u.record) as sourcedId,
    'username' as field,
    arg_min(u.username, u.record) as value,
    count(*) as rows
from live_users as u
semi join shared as s on lower(u.username) = s.username
group by lower(u.username)
having
    count(u.record) > 0
    and count(distinct lower(u.givenName || ' ' || u.familyName)) > 1
;

-- users.agentSourcedIds.student_agent
with named as (
    select
        u.row,
        u.file,
        u.record,
        u.sourcedId,
        trim(unnest(string_split(u.agentSourcedIds, ','))) as agent
    from live_users as u
    where u.role = 'student' and u.agentSourcedIds is not null and u.record is not null
)

select
    n.row,
    n.file,
    n.record,
    n.sourcedId,
    'agentSourcedIds' as field,
    n.agent as value
from named as n
inner join user_facts as a on n.agent = a.sourcedId
where a.kind = 'student' and n.agent <> n.sourcedId
;

-- userProfiles.profileType.control_character
from "userProfiles" as t
where
regexp_matches(t."profileType", '[\x00-\x09\x0b\x0c\x0e-\x1f\x7f\x{200b}-\x{200f}\x{2028}\x{2029}\x{2060}\x{feff}]')
;

-- userProfiles.vendorId.control_character
from "userProfiles" as t
where
regexp_matches(t."vendorId", '[\x00-\x09\x0b\x0c\x0e-\x1f\x7f\x{200b}-\x{200f}\x{2028}\x{2029}\x{2060}\x{feff}]')
;

-- userProfiles.applicationId.control_character
from "userProfiles" as t
where
regexp_matches(t."applicationId", '[\x00-\x09\x0b\x0c\x0e-\x1f\x7f\x{200b}-\x{200f}\x{2028}\x{2029}\x{2060}\x{feff}]')
;

-- userProfiles.description.control_character
from "userProfiles" as t
where
regexp_matches(t."description", '[\x00-\x09\x0b\x0c\x0e-\x1f\x7f\x{200b}-\x{200f}\x{2028}\x{2029}\x{2060}\x{feff}]')
;

-- userProfiles.credentialType.control_character
from "userProfiles" as t
where
regexp_matches(t."credentialType", '[\x00-\x09\x0b\x0c\x0e-\x1f\x7f\x{200b}-\x{200f}\x{2028}\x{2029}\x{2060}\x{feff}]')
;

-- userProfiles.username.control_character
from "userProfiles" as t
where
regexp_matches(t."username", '[\x00-\x09\x0b\x0c\x0e-\x1f\x7f\x{200b}-\x{200f}\x{2028}\x{2029}\x{2060}\x{feff}]')
;

-- userProfiles.profileType.line_break
from "userProfiles" as t
where
contains(t."profileType", chr(10)) or contains(t."profileType", chr(13))
;

-- userProfiles.vendorId.line_break
from "userProfiles" as t
where
contains(t."vendorId", chr(10)) or contains(t."vendorId", chr(13))
;

-- userProfiles.applicationId.line_break
from "userProfiles" as t
where
contains(t."applicationId", chr(10)) or contains(t."applicationId", chr(13))
;

-- userProfiles.description.line_break
from "userProfiles" as t
where
contains(t."description", chr(10)) or contains(t."description", chr(13))
;

-- userProfiles.credentialType.line_break
from "userProfiles" as t
where
contains(t."credentialType", chr(10)) or contains(t."credentialType", chr(13))
;

-- userProfiles.username.line_break
from "userProfiles" as t
where
contains(t."username", chr(10)) or contains(t."username", chr(13))
;

-- userProfiles.profileType.long_text
from "userProfiles" as t
where
length(t."profileType") > 255
;

-- userProfiles.vendorId.long_text
from "userProfiles" as t
where
length(t."vendorId") > 255
;

-- userProfiles.applicationId.long_text
from "userProfiles" as t
where
length(t."applicationId") > 255
;

-- userProfiles.description.long_text
from "userProfiles" as t
where
length(t."description") > 255
;

-- userProfiles.credentialType.long_text
from "userProfiles" as t
where
length(t."credentialType") > 255
;

-- userProfiles.username.long_text
from "userProfiles" as t
where
length(t."username") > 255
;

-- userProfiles.sourcedId.missing
from "userProfiles" as t
where
t."sourcedId" is null
and ('sourcedId' = 'sourcedId' or coalesce(t.status, 'active') <> 'tobedeleted')
;

-- userProfiles.userSourcedId.missing
from "userProfiles" as t
where
t."userSourcedId" is null
and ('userSourcedId' = 'sourcedId' or coalesce(t.status, 'active') <> 'tobedeleted')
;

-- userProfiles.profileType.missing
from "userProfiles" as t
where
t."profileType" is null
and ('profileType' = 'sourcedId' or coalesce(t.status, 'active') <> 'tobedeleted')
;

-- userProfiles.vendorId.missing
from "userProfiles" as t
where
t."vendorId" is null
and ('vendorId' = 'sourcedId' or coalesce(t.status, 'active') <> 'tobedeleted')
;

-- userProfiles.credentialType.missing
from "userProfiles" as t
where
t."credentialType" is null
and ('credentialType' = 'sourcedId' or coalesce(t.status, 'active') <> 'tobedeleted')
;

-- userProfiles.username.missing
from "userProfiles" as t
where
t."username" is null
and ('username' = 'sourcedId' or coalesce(t.status, 'active') <> 'tobedeleted')
;

-- userProfiles.sourcedId.spreadsheet_error
from "userProfiles" as t
where
case
    when starts_with(t."sourcedId", '#') then
        t."sourcedId" in (
            '#NAME?', '#REF!', '#VALUE!', '#DIV/0!', '#NULL!', '#NUM!', '########'
        )
end
;

-- userProfiles.profileType.spreadsheet_error
from "userProfiles" as t
where
case
    when starts_with(t."profileType", '#') then
        t."profileType" in (
            '#NAME?', '#REF!', '#VALUE!', '#DIV/0!', '#NULL!', '#NUM!', '########'
        )
end
;

-- userProfiles.vendorId.spreadsheet_error
from "userProfiles" as t
where
case
    when starts_with(t."vendorId", '#') then
        t."vendorId" in (
            '#NAME?', '#REF!', '#VALUE!', '#DIV/0!', '#NULL!', '#NUM!', '########'
        )
end
;

-- userProfiles.applicationId.spreadsheet_error
from "userProfiles" as t
where
case
    when starts_with(t."applicationId", '#') then
        t."applicationId" in (
            '#NAME?', '#REF!', '#VALUE!', '#DIV/0!', '#NULL!', '#NUM!', '########'
        )
end
;

-- userProfiles.description.spreadsheet_error
from "userProfiles" as t
where
case
    when starts_with(t."description", '#') then
        t."description" in (
            '#NAME?', '#REF!', '#VALUE!', '#DIV/0!', '#NULL!', '#NUM!', '########'
        )
end
;

-- userProfiles.credentialType.spreadsheet_error
from "userProfiles" as t
where
case
    when starts_with(t."credentialType", '#') then
        t."credentialType" in (
            '#NAME?', '#REF!', '#VALUE!', '#DIV/0!', '#NULL!', '#NUM!', '########'
        )
end
;

-- userProfiles.username.spreadsheet_error
from "userProfiles" as t
where
case
    when starts_with(t."username", '#') then
        t."username" in (
            '#NAME?', '#REF!', '#VALUE!', '#DIV/0!', '#NULL!', '#NUM!', '########'
        )
end
;

-- userProfiles.sourcedId.spreadsheet_number
from "userProfiles" as t
where
case
    when contains(t."sourcedId", 'E+') then regexp_full_match(t."sourcedId", '\d([.,]\d+)?E\+\d+')
    when ends_with(t."sourcedId", '.0') then regexp_full_match(t."sourcedId", '\d+\.0')
end
;

-- userProfiles.sourcedId.too_long
from "userProfiles" as t
where
length(t."sourcedId") > 255
;

-- userProfiles.status.unknown_value
from "userProfiles" as t
where
t."status" not in ('active', 'tobedeleted')
;

-- userProfiles.sourcedId.unusual_id
from "userProfiles" as t
where
not regexp_full_match(t."sourcedId", '[0-9a-zA-Z./_@-]+')
;

-- userProfiles.sourcedId.duplicate
select
    t.row,
    t.file,
    t.record,
    t.sourcedId,
    'sourcedId' as field,
    t.sourcedId as value
from "userProfiles" as t
inner join "repeated_userProfiles" as r on t.sourcedId = r.sourcedId
where not r.is_identical
;

-- userProfiles.dateLastModified.not_an_instant
select
    min(t.file) as file,
    min(t.record) as record,
    arg_min(t.sourcedId, t.record) as sourcedId,
    'dateLastModified' as field,
    arg_min(t."dateLastModified", t.record) as value,
    count(*) as rows
from "userProfiles" as t
where
    t."dateLastModified" is not null
    and try_cast(left(t."dateLastModified", 10) as date) is null
    or not regexp_full_match(
        t."dateLastModified", '\d{4}-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z'
    )
having count(*) > 0
;

-- userProfiles.sourcedId.repeated
select
    t.row,
    t.file,
    t.record,
    t.sourcedId,
    'sourcedId' as field,
    t.sourcedId as value
from "userProfiles" as t
inner join "repeated_userProfiles" as r on t.sourcedId = r.sourcedId
where r.is_identical and t.row > r.first_row
;

-- userProfiles.userSourcedId.removed
select
    d.row,
    d.file,
    d.record,
    d.sourcedId,
    'userSourcedId' as field,
    d.value
from "dangling_userProfiles_userSourcedId" as d
where d.fate = 'removed'
;

-- userProfiles.userSourcedId.set_aside
select
    d.row,
    d.file,
    d.record,
    d.sourcedId,
    'userSourcedId' as field,
    d.value
from "dangling_userProfiles_userSourcedId" as d
where d.fate = 'set_aside'
;

-- userProfiles.userSourcedId.unknown
select
    d.row,
    d.file,
    d.record,
    d.sourcedId,
    'userSourcedId' as field,
    d.value
from "dangling_userProfiles_userSourcedId" as d
where d.fate = 'unknown'
;

-- userProfiles.username.shared
select
    min(p.file) as file,
    min(p.record) as record,
    arg_min(p.sourcedId, p.record) as sourcedId,
    'username' as field,
    arg_min(p.username, p.record) as value,
    count(*) as rows
from live_userProfiles as p
group by
    p.vendorId,
    p.applicationId,
    lower(p.username)
having count(p.record) > 0 and count(distinct p.userSourcedId) > 1
;

-- roles.endDate.ends_before_begin
from "roles" as t
where
case
    when t.endDate <= t.beginDate then
        try_cast(t.endDate as date) <= try_cast(t.beginDate as date)
end
;

-- roles.beginDate.implausible_date
from "roles" as t
where
try_cast(t."beginDate" as date) not between date '1950-01-01' and date '2100-12-31'
;

-- roles.endDate.implausible_date
from "roles" as t
where
try_cast(t."endDate" as date) not between date '1950-01-01' and date '2100-12-31'
;

-- roles.sourcedId.missing
from "roles" as t
where
t."sourcedId" is null
and ('sourcedId' = 'sourcedId' or coalesce(t.status, 'active') <> 'tobedeleted')
;

-- roles.userSourcedId.missing
from "roles" as t
where
t."userSourcedId" is null
and ('userSourcedId' = 'sourcedId' or coalesce(t.status, 'active') <> 'tobedeleted')
;

-- roles.roleType.missing
from "roles" as t
where
t."roleType" is null
and ('roleType' = 'sourcedId' or coalesce(t.status, 'active') <> 'tobedeleted')
;

-- roles.role.missing
from "roles" as t
where
t."role" is null
and ('role' = 'sourcedId' or coalesce(t.status, 'active') <> 'tobedeleted')
;

-- roles.orgSourcedId.missing
from "roles" as t
where
t."orgSourcedId" is null
and ('orgSourcedId' = 'sourcedId' or coalesce(t.status, 'active') <> 'tobedeleted')
;

-- roles.beginDate.not_a_date
from "roles" as t
where
t."beginDate" is not null
and (
    try_cast(t."beginDate" as date)::varchar is distinct from t."beginDate"
    or t."beginDate" in ('infinity', '-infinity')
)
;

-- roles.endDate.not_a_date
from "roles" as t
where
t."endDate" is not null
and (
    try_cast(t."endDate" as date)::varchar is distinct from t."endDate"
    or t."endDate" in ('infinity', '-infinity')
)
;

-- roles.sourcedId.spreadsheet_error
from "roles" as t
where
case
    when starts_with(t."sourcedId", '#') then
        t."sourcedId" in (
            '#NAME?', '#REF!', '#VALUE!', '#DIV/0!', '#NULL!', '#NUM!', '########'
        )
end
;

-- roles.sourcedId.spreadsheet_number
from "roles" as t
where
case
    when contains(t."sourcedId", 'E+') then regexp_full_match(t."sourcedId", '\d([.,]\d+)?E\+\d+')
    when ends_with(t."sourcedId", '.0') then regexp_full_match(t."sourcedId", '\d+\.0')
end
;

-- roles.sourcedId.too_long
from "roles" as t
where
length(t."sourcedId") > 255
;

-- roles.status.unknown_value
from "roles" as t
where
t."status" not in ('active', 'tobedeleted')
;

-- roles.roleType.unknown_value
from "roles" as t
where
t."roleType" not in ('primary', 'secondary')
;

-- roles.role.unknown_value
from "roles" as t
where
t."role" not in ('aide', 'counselor', 'districtAdministrator', 'guardian', 'parent', 'principal', 'proctor', 'relative', 'siteAdministrator', 'student', 'systemAdministrator', 'teacher')
and not regexp_full_match(t."role", 'ext:[a-zA-Z0-9._-]+')
;

-- roles.sourcedId.unusual_id
from "roles" as t
where
not regexp_full_match(t."sourcedId", '[0-9a-zA-Z./_@-]+')
;

-- roles.sourcedId.duplicate
select
    t.row,
    t.file,
    t.record,
    t.sourcedId,
    'sourcedId' as field,
    t.sourcedId as value
from "roles" as t
inner join "repeated_roles" as r on t.sourcedId = r.sourcedId
where not r.is_identical
;

-- roles.dateLastModified.not_an_instant
select
    min(t.file) as file,
    min(t.record) as record,
    arg_min(t.sourcedId, t.record) as sourcedId,
    'dateLastModified' as field,
    arg_min(t."dateLastModified", t.record) as value,
    count(*) as rows
from "roles" as t
where
    t."dateLastModified" is not null
    and try_cast(left(t."dateLastModified", 10) as date) is null
    or not regexp_full_match(
        t."dateLastModified", '\d{4}-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z'
    )
having count(*) > 0
;

-- roles.sourcedId.repeated
select
    t.row,
    t.file,
    t.record,
    t.sourcedId,
    'sourcedId' as field,
    t.sourcedId as value
from "roles" as t
inner join "repeated_roles" as r on t.sourcedId = r.sourcedId
where r.is_identical and t.row > r.first_row
;

-- roles.userSourcedId.removed
select
    d.row,
    d.file,
    d.record,
    d.sourcedId,
    'userSourcedId' as field,
    d.value
from "dangling_roles_userSourcedId" as d
where d.fate = 'removed'
;

-- roles.userSourcedId.set_aside
select
    d.row,
    d.file,
    d.record,
    d.sourcedId,
    'userSourcedId' as field,
    d.value
from "dangling_roles_userSourcedId" as d
where d.fate = 'set_aside'
;

-- roles.userSourcedId.unknown
select
    d.row,
    d.file,
    d.record,
    d.sourcedId,
    'userSourcedId' as field,
    d.value
from "dangling_roles_userSourcedId" as d
where d.fate = 'unknown'
;

-- roles.orgSourcedId.removed
select
    d.row,
    d.file,
    d.record,
    d.sourcedId,
    'orgSourcedId' as field,
    d.value
from "dangling_roles_orgSourcedId" as d
where d.fate = 'removed'
;

-- roles.orgSourcedId.set_aside
select
    d.row,
    d.file,
    d.record,
    d.sourcedId,
    'orgSourcedId' as field,
    d.value
from "dangling_roles_orgSourcedId" as d
where d.fate = 'set_aside'
;

-- roles.orgSourcedId.unknown
select
    d.row,
    d.file,
    d.record,
    d.sourcedId,
    'orgSourcedId' as field,
    d.value
from "dangling_roles_orgSourcedId" as d
where d.fate = 'unknown'
;

-- roles.userProfileSourcedId.removed
select
    d.row,
    d.file,
    d.record,
    d.sourcedId,
    'userProfileSourcedId' as field,
    d.value
from "dangling_roles_userProfileSourcedId" as d
where d.fate = 'removed'
;

-- roles.userProfileSourcedId.set_aside
select
    d.row,
    d.file,
    d.record,
    d.sourcedId,
    'userProfileSourcedId' as field,
    d.value
from "dangling_roles_userProfileSourcedId" as d
where d.fate = 'set_aside'
;

-- roles.userProfileSourcedId.unknown
select
    d.row,
    d.file,
    d.record,
    d.sourcedId,
    'userProfileSourcedId' as field,
    d.value
from "dangling_roles_userProfileSourcedId" as d
where d.fate = 'unknown'
;

-- roles.userProfileSourcedId.other_user
from "seen_roles" as t
where
t.profile_user <> t.userSourcedId
;

-- roles.roleType.none_primary
select
    min(r.file) as file,
    min(r.record) as record,
    arg_min(r.sourcedId, r.record) as sourcedId,
    'roleType' as field,
    'secondary' as value,
    count(*) as rows
from live_roles as r
group by
    r.userSourcedId,
    r.orgSourcedId
having count(r.record) > 0 and count(*) filter (where r.roleType = 'primary') = 0
;

-- roles.role.stated_twice
with many as (
    select
        r.userSourcedId,
        r.orgSourcedId,
        r.role
    from live_roles as r
    group by
        r.userSourcedId,
        r.orgSourcedId,
        r.role
    having count(*) > 1
),

ordered as (
    select
        r.*,
        lead(coalesce(r.beginDate, '0')) over (
            partition by
                r.userSourcedId,
                r.orgSourcedId,
                r.role
            order by coalesce(r.beginDate, '0'), r.sourcedId
        ) as next_begins
    from live_roles as r
    semi join many as m
        on
            r.userSourcedId = m.userSourcedId
            and r.orgSourcedId = m.orgSourcedId
            and r.role = m.role
)

select
    o.row,
    o.file,
    o.record,
    o.sourcedId,
    'role' as field,
    o.role as value
from ordered as o
where o.record is not null and o.next_begins < coalesce(o.endDate, '9')
;

-- roles.roleType.two_primary
select
    min(r.file) as file,
    min(r.record) as record,
    arg_min(r.sourcedId, r.record) as sourcedId,
    'roleType' as field,
    'primary' as value,
    count(*) as rows
from live_roles as r
where r.roleType = 'primary'
group by
    r.userSourcedId,
    r.orgSourcedId
having count(r.record) > 0 and count(*) > 1
;

-- enrollments.endDate.ends_before_begin
from "enrollments" as t
where
case
    when t.endDate <= t.beginDate then
        try_cast(t.endDate as date) <= try_cast(t.beginDate as date)
end
;

-- enrollments.beginDate.implausible_date
from "enrollments" as t
where
try_cast(t."beginDate" as date) not between date '1950-01-01' and date '2100-12-31'
;

-- enrollments.endDate.implausible_date
from "enrollments" as t
where
try_cast(t."endDate" as date) not between date '1950-01-01' and date '2100-12-31'
;

-- enrollments.sourcedId.missing
from "enrollments" as t
where
t."sourcedId" is null
and ('sourcedId' = 'sourcedId' or coalesce(t.status, 'active') <> 'tobedeleted')
;

-- enrollments.classSourcedId.missing
from "enrollments" as t
where
t."classSourcedId" is null
and ('classSourcedId' = 'sourcedId' or coalesce(t.status, 'active') <> 'tobedeleted')
;

-- enrollments.schoolSourcedId.missing
from "enrollments" as t
where
t."schoolSourcedId" is null
and ('schoolSourcedId' = 'sourcedId' or coalesce(t.status, 'active') <> 'tobedeleted')
;

-- enrollments.userSourcedId.missing
from "enrollments" as t
where
t."userSourcedId" is null
and ('userSourcedId' = 'sourcedId' or coalesce(t.status, 'active') <> 'tobedeleted')
;

-- enrollments.role.missing
from "enrollments" as t
where
t."role" is null
and ('role' = 'sourcedId' or coalesce(t.status, 'active') <> 'tobedeleted')
;

-- enrollments.beginDate.not_a_date
from "enrollments" as t
where
t."beginDate" is not null
and (
    try_cast(t."beginDate" as date)::varchar is distinct from t."beginDate"
    or t."beginDate" in ('infinity', '-infinity')
)
;

-- enrollments.endDate.not_a_date
from "enrollments" as t
where
t."endDate" is not null
and (
    try_cast(t."endDate" as date)::varchar is distinct from t."endDate"
    or t."endDate" in ('infinity', '-infinity')
)
;

-- enrollments.primary.not_a_teacher
from "enrollments" as t
where
t."primary" = 'true' and t.role <> 'teacher'
;

-- enrollments.sourcedId.spreadsheet_error
from "enrollments" as t
where
case
    when starts_with(t."sourcedId", '#') then
        t."sourcedId" in (
            '#NAME?', '#REF!', '#VALUE!', '#DIV/0!', '#NULL!', '#NUM!', '########'
        )
end
;

-- enrollments.sourcedId.spreadsheet_number
from "enrollments" as t
where
case
    when contains(t."sourcedId", 'E+') then regexp_full_match(t."sourcedId", '\d([.,]\d+)?E\+\d+')
    when ends_with(t."sourcedId", '.0') then regexp_full_match(t."sourcedId", '\d+\.0')
end
;

-- enrollments.sourcedId.too_long
from "enrollments" as t
where
length(t."sourcedId") > 255
;

-- enrollments.status.unknown_value
from "enrollments" as t
where
t."status" not in ('active', 'tobedeleted')
;

-- enrollments.role.unknown_value
from "enrollments" as t
where
t."role" not in ('administrator', 'proctor', 'student', 'teacher')
and not regexp_full_match(t."role", 'ext:[a-zA-Z0-9._-]+')
;

-- enrollments.primary.unknown_value
from "enrollments" as t
where
t."primary" not in ('true', 'false')
;

-- enrollments.sourcedId.unusual_id
from "enrollments" as t
where
not regexp_full_match(t."sourcedId", '[0-9a-zA-Z./_@-]+')
;

-- enrollments.sourcedId.duplicate
select
    t.row,
    t.file,
    t.record,
    t.sourcedId,
    'sourcedId' as field,
    t.sourcedId as value
from "enrollments" as t
inner join "repeated_enrollments" as r on t.sourcedId = r.sourcedId
where not r.is_identical
;

-- enrollments.dateLastModified.not_an_instant
select
    min(t.file) as file,
    min(t.record) as record,
    arg_min(t.sourcedId, t.record) as sourcedId,
    'dateLastModified' as field,
    arg_min(t."dateLastModified", t.record) as value,
    count(*) as rows
from "enrollments" as t
where
    t."dateLastModified" is not null
    and try_cast(left(t."dateLastModified", 10) as date) is null
    or not regexp_full_match(
        t."dateLastModified", '\d{4}-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z'
    )
having count(*) > 0
;

-- enrollments.sourcedId.repeated
select
    t.row,
    t.file,
    t.record,
    t.sourcedId,
    'sourcedId' as field,
    t.sourcedId as value
from "enrollments" as t
inner join "repeated_enrollments" as r on t.sourcedId = r.sourcedId
where r.is_identical and t.row > r.first_row
;

-- enrollments.classSourcedId.removed
select
    d.row,
    d.file,
    d.record,
    d.sourcedId,
    'classSourcedId' as field,
    d.value
from "dangling_enrollments_classSourcedId" as d
where d.fate = 'removed'
;

-- enrollments.classSourcedId.set_aside
select
    d.row,
    d.file,
    d.record,
    d.sourcedId,
    'classSourcedId' as field,
    d.value
from "dangling_enrollments_classSourcedId" as d
where d.fate = 'set_aside'
;

-- enrollments.classSourcedId.unknown
select
    d.row,
    d.file,
    d.record,
    d.sourcedId,
    'classSourcedId' as field,
    d.value
from "dangling_enrollments_classSourcedId" as d
where d.fate = 'unknown'
;

-- enrollments.schoolSourcedId.removed
select
    d.row,
    d.file,
    d.record,
    d.sourcedId,
    'schoolSourcedId' as field,
    d.value
from "dangling_enrollments_schoolSourcedId" as d
where d.fate = 'removed'
;

-- enrollments.schoolSourcedId.set_aside
select
    d.row,
    d.file,
    d.record,
    d.sourcedId,
    'schoolSourcedId' as field,
    d.value
from "dangling_enrollments_schoolSourcedId" as d
where d.fate = 'set_aside'
;

-- enrollments.schoolSourcedId.unknown
select
    d.row,
    d.file,
    d.record,
    d.sourcedId,
    'schoolSourcedId' as field,
    d.value
from "dangling_enrollments_schoolSourcedId" as d
where d.fate = 'unknown'
;

-- enrollments.userSourcedId.removed
select
    d.row,
    d.file,
    d.record,
    d.sourcedId,
    'userSourcedId' as field,
    d.value
from "dangling_enrollments_userSourcedId" as d
where d.fate = 'removed'
;

-- enrollments.userSourcedId.set_aside
select
    d.row,
    d.file,
    d.record,
    d.sourcedId,
    'userSourcedId' as field,
    d.value
from "dangling_enrollments_userSourcedId" as d
where d.fate = 'set_aside'
;

-- enrollments.userSourcedId.unknown
select
    d.row,
    d.file,
    d.record,
    d.sourcedId,
    'userSourcedId' as field,
    d.value
from "dangling_enrollments_userSourcedId" as d
where d.fate = 'unknown'
;

-- enrollments.userSourcedId.not_at_school
from "seen_enrollments" as t
where
case
    when t.orgs <> t.schoolSourcedId then
        not contains(',' || replace(t.orgs, ' ', '') || ',', ',' || t.schoolSourcedId || ',')
end
;

-- enrollments.role.unlike_user
from "seen_enrollments" as t
where
t.role = 'student' and t.kind in ('staff', 'family')
or t.role in ('teacher', 'administrator', 'proctor') and t.kind in ('student', 'family')
;

-- enrollments.schoolSourcedId.other_school
from "seen_enrollments" as t
where
t.schoolSourcedId <> t.class_school
;

-- enrollments.schoolSourcedId.not_a_school
from "seen_enrollments" as t
where
t.school_type <> 'school' and t.school_type not like 'ext:%'
;

-- enrollments.beginDate.outside_term
select
    min(e.file) as file,
    min(e.record) as record,
    arg_min(e.sourcedId, e.record) as sourcedId,
    'beginDate' as field,
    arg_min(e.beginDate, e.record) as value,
    count(*) as rows
from live_enrollments as e
inner join class_facts as c on e.classSourcedId = c.sourcedId
where e.record is not null and (e.beginDate < c.starts or e.beginDate > c.ends)
group by e.classSourcedId
;

-- enrollments.endDate.outside_term
select
    min(e.file) as file,
    min(e.record) as record,
    arg_min(e.sourcedId, e.record) as sourcedId,
    'endDate' as field,
    arg_min(e.endDate, e.record) as value,
    count(*) as rows
from live_enrollments as e
inner join class_facts as c on e.classSourcedId = c.sourcedId
where e.record is not null and (e.endDate > c.ends_or_so or e.endDate < c.starts)
group by e.classSourcedId
;

-- enrollments.userSourcedId.enrolled_twice
with repeated as (
    select hash(e.classSourcedId, e.userSourcedId, e.role) as place
    from live_enrollments as e
    group by hash(e.classSourcedId, e.userSourcedId, e.role)
    having count(*) > 1
),

places as (
    select e.*
    from live_enrollments as e
    semi join repeated as r on hash(e.classSourcedId, e.userSourcedId, e.role) = r.place
),

ordered as (
    select
        p.*,
        lag(p.sourcedId) over many as before,
        max(coalesce(p.endDate, '9')) over (
            many rows between unbounded preceding and 1 preceding
        ) as ended
    from places as p
    window many as (
        partition by
            p.classSourcedId,
            p.userSourcedId,
            p.role
        order by coalesce(p.beginDate, '0'), p.record
    )
)

select
    o.row,
    o.file,
    o.record,
    o.sourcedId,
    'userSourcedId' as field,
    o.userSourcedId as value
from ordered as o
where o.record is not null and o.before is not null and coalesce(o.beginDate, '0') < o.ended
;

-- demographics.birthDate.before_1900
from "demographics" as t
where
try_cast(t.birthDate as date) < date '1900-01-02'
;

-- demographics.demographicRaceTwoOrMoreRaces.contradicted
from "demographics" as t
where
case t.demographicRaceTwoOrMoreRaces
    when 'false' then
        (t.americanIndianOrAlaskaNative is not distinct from 'true')::integer
        + (t.asian is not distinct from 'true')::integer
        + (t.blackOrAfricanAmerican is not distinct from 'true')::integer
        + (t.nativeHawaiianOrOtherPacificIslander is not distinct from 'true')::integer
        + (t.white is not distinct from 'true')::integer > 1
    when 'true' then
        (t.americanIndianOrAlaskaNative = 'true')::integer
        + (t.asian = 'true')::integer
        + (t.blackOrAfricanAmerican = 'true')::integer
        + (t.nativeHawaiianOrOtherPacificIslander = 'true')::integer
        + (t.white = 'true')::integer = 1
end
;

-- demographics.countryOfBirthCode.control_character
from "demographics" as t
where
regexp_matches(t."countryOfBirthCode", '[\x00-\x09\x0b\x0c\x0e-\x1f\x7f\x{200b}-\x{200f}\x{2028}\x{2029}\x{2060}\x{feff}]')
;

-- demographics.stateOfBirthAbbreviation.control_character
from "demographics" as t
where
regexp_matches(t."stateOfBirthAbbreviation", '[\x00-\x09\x0b\x0c\x0e-\x1f\x7f\x{200b}-\x{200f}\x{2028}\x{2029}\x{2060}\x{feff}]')
;

-- demographics.cityOfBirth.control_character
from "demographics" as t
where
regexp_matches(t."cityOfBirth", '[\x00-\x09\x0b\x0c\x0e-\x1f\x7f\x{200b}-\x{200f}\x{2028}\x{2029}\x{2060}\x{feff}]')
;

-- demographics.publicSchoolResidenceStatus.control_character
from "demographics" as t
where
regexp_matches(t."publicSchoolResidenceStatus", '[\x00-\x09\x0b\x0c\x0e-\x1f\x7f\x{200b}-\x{200f}\x{2028}\x{2029}\x{2060}\x{feff}]')
;

-- demographics.countryOfBirthCode.line_break
from "demographics" as t
where
contains(t."countryOfBirthCode", chr(10)) or contains(t."countryOfBirthCode", chr(13))
;

-- demographics.stateOfBirthAbbreviation.line_break
from "demographics" as t
where
contains(t."stateOfBirthAbbreviation", chr(10)) or contains(t."stateOfBirthAbbreviation", chr(13))
;

-- demographics.cityOfBirth.line_break
from "demographics" as t
where
contains(t."cityOfBirth", chr(10)) or contains(t."cityOfBirth", chr(13))
;

-- demographics.publicSchoolResidenceStatus.line_break
from "demographics" as t
where
contains(t."publicSchoolResidenceStatus", chr(10)) or contains(t."publicSchoolResidenceStatus", chr(13))
;

-- demographics.countryOfBirthCode.long_text
from "demographics" as t
where
length(t."countryOfBirthCode") > 255
;

-- demographics.stateOfBirthAbbreviation.long_text
from "demographics" as t
where
length(t."stateOfBirthAbbreviation") > 255
;

-- demographics.cityOfBirth.long_text
from "demographics" as t
where
length(t."cityOfBirth") > 255
;

-- demographics.publicSchoolResidenceStatus.long_text
from "demographics" as t
where
length(t."publicSchoolResidenceStatus") > 255
;

-- demographics.cityOfBirth.lost_letter
from "demographics" as t
where
contains(t."cityOfBirth", '�')
;

-- demographics.sourcedId.missing
from "demographics" as t
where
t."sourcedId" is null
and ('sourcedId' = 'sourcedId' or coalesce(t.status, 'active') <> 'tobedeleted')
;

-- demographics.birthDate.not_a_date
from "demographics" as t
where
t."birthDate" is not null
and (
    try_cast(t."birthDate" as date)::varchar is distinct from t."birthDate"
    or t."birthDate" in ('infinity', '-infinity')
)
;

-- demographics.sourcedId.spreadsheet_error
from "demographics" as t
where
case
    when starts_with(t."sourcedId", '#') then
        t."sourcedId" in (
            '#NAME?', '#REF!', '#VALUE!', '#DIV/0!', '#NULL!', '#NUM!', '########'
        )
end
;

-- demographics.countryOfBirthCode.spreadsheet_error
from "demographics" as t
where
case
    when starts_with(t."countryOfBirthCode", '#') then
        t."countryOfBirthCode" in (
            '#NAME?', '#REF!', '#VALUE!', '#DIV/0!', '#NULL!', '#NUM!', '########'
        )
end
;

-- demographics.stateOfBirthAbbreviation.spreadsheet_error
from "demographics" as t
where
case
    when starts_with(t."stateOfBirthAbbreviation", '#') then
        t."stateOfBirthAbbreviation" in (
            '#NAME?', '#REF!', '#VALUE!', '#DIV/0!', '#NULL!', '#NUM!', '########'
        )
end
;

-- demographics.cityOfBirth.spreadsheet_error
from "demographics" as t
where
case
    when starts_with(t."cityOfBirth", '#') then
        t."cityOfBirth" in (
            '#NAME?', '#REF!', '#VALUE!', '#DIV/0!', '#NULL!', '#NUM!', '########'
        )
end
;

-- demographics.publicSchoolResidenceStatus.spreadsheet_error
from "demographics" as t
where
case
    when starts_with(t."publicSchoolResidenceStatus", '#') then
        t."publicSchoolResidenceStatus" in (
            '#NAME?', '#REF!', '#VALUE!', '#DIV/0!', '#NULL!', '#NUM!', '########'
        )
end
;

-- demographics.sourcedId.spreadsheet_number
from "demographics" as t
where
case
    when contains(t."sourcedId", 'E+') then regexp_full_match(t."sourcedId", '\d([.,]\d+)?E\+\d+')
    when ends_with(t."sourcedId", '.0') then regexp_full_match(t."sourcedId", '\d+\.0')
end
;

-- demographics.sourcedId.too_long
from "demographics" as t
where
length(t."sourcedId") > 255
;

-- demographics.status.unknown_value
from "demographics" as t
where
t."status" not in ('active', 'tobedeleted')
;

-- demographics.sex.unknown_value
from "demographics" as t
where
t."sex" not in ('male', 'female', 'unspecified', 'other')
and not regexp_full_match(t."sex", 'ext:[a-zA-Z0-9._-]+')
;

-- demographics.americanIndianOrAlaskaNative.unknown_value
from "demographics" as t
where
t."americanIndianOrAlaskaNative" not in ('true', 'false')
;

-- demographics.asian.unknown_value
from "demographics" as t
where
t."asian" not in ('true', 'false')
;

-- demographics.blackOrAfricanAmerican.unknown_value
from "demographics" as t
where
t."blackOrAfricanAmerican" not in ('true', 'false')
;

-- demographics.nativeHawaiianOrOtherPacificIslander.unknown_value
from "demographics" as t
where
t."nativeHawaiianOrOtherPacificIslander" not in ('true', 'false')
;

-- demographics.white.unknown_value
from "demographics" as t
where
t."white" not in ('true', 'false')
;

-- demographics.demographicRaceTwoOrMoreRaces.unknown_value
from "demographics" as t
where
t."demographicRaceTwoOrMoreRaces" not in ('true', 'false')
;

-- demographics.hispanicOrLatinoEthnicity.unknown_value
from "demographics" as t
where
t."hispanicOrLatinoEthnicity" not in ('true', 'false')
;

-- demographics.sourcedId.unusual_id
from "demographics" as t
where
not regexp_full_match(t."sourcedId", '[0-9a-zA-Z./_@-]+')
;

-- demographics.sourcedId.duplicate
select
    t.row,
    t.file,
    t.record,
    t.sourcedId,
    'sourcedId' as field,
    t.sourcedId as value
from "demographics" as t
inner join "repeated_demographics" as r on t.sourcedId = r.sourcedId
where not r.is_identical
;

-- demographics.countryOfBirthCode.not_a_place_code
select
    min(t.file) as file,
    min(t.record) as record,
    arg_min(t.sourcedId, t.record) as sourcedId,
    'countryOfBirthCode' as field,
    t."countryOfBirthCode" as value,
    count(*) as rows
from "demographics" as t
where not regexp_full_match(t."countryOfBirthCode", '[A-Z]{2,3}')
group by t."countryOfBirthCode"
;

-- demographics.stateOfBirthAbbreviation.not_a_place_code
select
    min(t.file) as file,
    min(t.record) as record,
    arg_min(t.sourcedId, t.record) as sourcedId,
    'stateOfBirthAbbreviation' as field,
    t."stateOfBirthAbbreviation" as value,
    count(*) as rows
from "demographics" as t
where not regexp_full_match(t."stateOfBirthAbbreviation", '[A-Z]{2,3}')
group by t."stateOfBirthAbbreviation"
;

-- demographics.dateLastModified.not_an_instant
select
    min(t.file) as file,
    min(t.record) as record,
    arg_min(t.sourcedId, t.record) as sourcedId,
    'dateLastModified' as field,
    arg_min(t."dateLastModified", t.record) as value,
    count(*) as rows
from "demographics" as t
where
    t."dateLastModified" is not null
    and try_cast(left(t."dateLastModified", 10) as date) is null
    or not regexp_full_match(
        t."dateLastModified", '\d{4}-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z'
    )
having count(*) > 0
;

-- demographics.sourcedId.repeated
select
    t.row,
    t.file,
    t.record,
    t.sourcedId,
    'sourcedId' as field,
    t.sourcedId as value
from "demographics" as t
inner join "repeated_demographics" as r on t.sourcedId = r.sourcedId
where r.is_identical and t.row > r.first_row
;

-- demographics.sourcedId.removed
select
    d.row,
    d.file,
    d.record,
    d.sourcedId,
    'sourcedId' as field,
    d.value
from "dangling_demographics_sourcedId" as d
where d.fate = 'removed'
;

-- demographics.sourcedId.set_aside
select
    d.row,
    d.file,
    d.record,
    d.sourcedId,
    'sourcedId' as field,
    d.value
from "dangling_demographics_sourcedId" as d
where d.fate = 'set_aside'
;

-- demographics.sourcedId.unknown
select
    d.row,
    d.file,
    d.record,
    d.sourcedId,
    'sourcedId' as field,
    d.value
from "dangling_demographics_sourcedId" as d
where d.fate = 'unknown'
;

-- demographics.birthDate.implausible_age
from "seen_demographics" as t
where
t.kind = 'student' and t.birthDate >= '1900-01-02' and (t.age between 0 and 1 or t.age > 25)
;

-- demographics.birthDate.in_future
from "seen_demographics" as t
where
t.age < 0
;

-- demographics.sourcedId.not_a_student
from "seen_demographics" as t
where
t.kind <> 'student'
;

-- demographics.birthDate.unlike_grade
from "seen_demographics" as t
where
t.kind = 'student'
and t.age between 2 and 25
and abs(t.age - 6 - if(t.grades = 'KG', 0, try_cast(t.grades as integer))) > 4
and (t.grades = 'KG' or regexp_full_match(t.grades, '0\d|1[0-2]'))
;
