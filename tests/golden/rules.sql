-- orgs.sourcedId.missing
-- severity: error
-- title: sourcedId is missing
-- meaning: Every row of orgs needs sourcedId, and this one leaves it empty, so the row was set aside. A record that was published before stays as it was.
-- repair: Fill in the value in the SIS and export again.
-- who: district
-- source: OneRoster 1.1 CSV, table orgs, required fields
select
    t.file,
    t.record,
    t.sourcedId,
    'sourcedId' as field,
    null as value
from "orgs" as t
where t."sourcedId" is null
;

-- orgs.sourcedId.too_long
-- severity: error
-- title: sourcedId is longer than 255 characters
-- meaning: An id has 1 to 255 characters. This one is longer, which usually means that two columns ran together, so the row was set aside.
-- repair: Look at the row in the export; the SIS vendor corrects the id.
-- who: SIS vendor
-- source: OneRoster 1.1 CSV, data type GUID
select
    t.file,
    t.record,
    t.sourcedId,
    'sourcedId' as field,
    left(t."sourcedId", 100) as value
from "orgs" as t
where length(t."sourcedId") > 255
;

-- orgs.sourcedId.unusual_id
-- severity: warning
-- title: sourcedId has characters that ids should not have
-- meaning: The standard allows letters, digits and . - _ / @ in ids. The record is used as it is, but some applications may stumble over it.
-- repair: Nothing has to be done. If an application reports trouble with this record, ask the SIS vendor for plain ids.
-- who: SIS vendor
-- source: OneRoster 1.1 CSV, data type GUID
select
    t.file,
    t.record,
    t.sourcedId,
    'sourcedId' as field,
    t."sourcedId" as value
from "orgs" as t
where not regexp_full_match(t."sourcedId", '[0-9a-zA-Z./_@-]+')
;

-- orgs.sourcedId.duplicate
-- severity: error
-- title: The same sourcedId stands in rows that differ
-- meaning: Two or more rows claim one id and say different things. What was published before stays as it was; where nothing was, the first row counts.
-- repair: Find out in the SIS which row is right and remove the other, or give each record an id of its own.
-- who: district
-- source: OneRoster 1.1 CSV, sourcedId is unique within a file
with repeated as (
    select r.sourcedId
    from "orgs" as r
    where r.sourcedId is not null
    group by r.sourcedId
    having count(*) > 1
),

differing as (
    select t.sourcedId
    from "orgs" as t
    semi join repeated as r on t.sourcedId = r.sourcedId
    group by t.sourcedId
    having count(distinct row(t."sourcedId", t."name", t."type", t."identifier", t."parentSourcedId", t.metadata, coalesce(t.status, 'active'))) > 1
)

select
    t.file,
    t.record,
    t.sourcedId,
    'sourcedId' as field,
    t.sourcedId as value
from "orgs" as t
semi join differing as d on t.sourcedId = d.sourcedId
;

-- orgs.sourcedId.repeated
-- severity: info
-- title: A row is there more than once
-- meaning: The same row stands in the file again, to the letter. It was read once, and nothing is lost.
-- repair: Nothing has to be done. If it bothers you, ask the SIS vendor why rows repeat.
-- who: SIS vendor
-- source: OneRoster 1.1 CSV, sourcedId is unique within a file
with repeated as (
    select
        r.sourcedId,
        min(r.record) as first_record
    from "orgs" as r
    where r.sourcedId is not null
    group by r.sourcedId
    having count(*) > 1
),

identical as (
    select
        t.sourcedId,
        any_value(r.first_record) as first_record
    from "orgs" as t
    inner join repeated as r on t.sourcedId = r.sourcedId
    group by t.sourcedId
    having count(distinct row(t."sourcedId", t."name", t."type", t."identifier", t."parentSourcedId", t.metadata, coalesce(t.status, 'active'))) = 1
)

select
    t.file,
    t.record,
    t.sourcedId,
    'sourcedId' as field,
    t.sourcedId as value
from "orgs" as t
inner join identical as i on t.sourcedId = i.sourcedId
where t.record > i.first_record
;

-- orgs.status.unknown_value
-- severity: error
-- optional: warning
-- title: status has a value that the standard does not know
-- meaning: status must be one of: active, tobedeleted. A row that needs the value was set aside; where it is optional the published value stays, or there is none.
-- repair: Map the SIS's own word to one of the allowed ones in its OneRoster export, then export again.
-- who: SIS vendor
-- source: OneRoster 1.1 CSV, vocabularies
select
    t.file,
    t.record,
    t.sourcedId,
    'status' as field,
    t."status" as value
from "orgs" as t
where t."status" not in ('active', 'tobedeleted')
;

-- orgs.name.missing
-- severity: error
-- title: name is missing
-- meaning: Every row of orgs needs name, and this one leaves it empty, so the row was set aside. A record that was published before stays as it was.
-- repair: Fill in the value in the SIS and export again.
-- who: district
-- source: OneRoster 1.1 CSV, table orgs, required fields
select
    t.file,
    t.record,
    t.sourcedId,
    'name' as field,
    null as value
from "orgs" as t
where t."name" is null
;

-- orgs.type.missing
-- severity: error
-- title: type is missing
-- meaning: Every row of orgs needs type, and this one leaves it empty, so the row was set aside. A record that was published before stays as it was.
-- repair: Fill in the value in the SIS and export again.
-- who: district
-- source: OneRoster 1.1 CSV, table orgs, required fields
select
    t.file,
    t.record,
    t.sourcedId,
    'type' as field,
    null as value
from "orgs" as t
where t."type" is null
;

-- orgs.type.unknown_value
-- severity: error
-- optional: warning
-- title: type has a value that the standard does not know
-- meaning: type must be one of: department, school, district, local, state, national. A row that needs the value was set aside; where it is optional the published value stays, or there is none.
-- repair: Map the SIS's own word to one of the allowed ones in its OneRoster export, then export again.
-- who: SIS vendor
-- source: OneRoster 1.1 CSV, vocabularies
select
    t.file,
    t.record,
    t.sourcedId,
    'type' as field,
    t."type" as value
from "orgs" as t
where t."type" not in ('department', 'school', 'district', 'local', 'state', 'national')
;

-- orgs.parentSourcedId.unknown
-- severity: error
-- optional: warning
-- title: parentSourcedId names a record that is not there
-- meaning: parentSourcedId must name a record of orgs, and neither this delivery nor the published roster has one with this id. A row that needs it was set aside; where it is optional the link was left out, or the published one stays.
-- repair: Export the missing record of orgs too, or correct the id in the SIS.
-- who: district
-- source: OneRoster 1.1 CSV, references between files
select
    t.file,
    t.record,
    t.sourcedId,
    'parentSourcedId' as field,
    t.value
from -- grain: one row per row of orgs that names a record in parentSourcedId
(
    select
        r.file,
        r.record,
        r.sourcedId,
        r."parentSourcedId" as value
    from "orgs" as r
    where r."parentSourcedId" is not null
)
 as t
anti join "standing_orgs" as s on t.value = s.sourcedId
anti join "orgs" as f on t.value = f.sourcedId
;

-- orgs.parentSourcedId.set_aside
-- severity: error
-- optional: warning
-- title: parentSourcedId names a record whose own row was set aside
-- meaning: The record of orgs that this row needs is in the delivery, but its row could not be used and nothing was published for it before. This is a consequence of that problem, not one of its own.
-- repair: Repair the row of orgs; this one then follows by itself.
-- who: district
-- source: Rollbook, design "one finding per cause"
select
    t.file,
    t.record,
    t.sourcedId,
    'parentSourcedId' as field,
    t.value
from -- grain: one row per row of orgs that names a record in parentSourcedId
(
    select
        r.file,
        r.record,
        r.sourcedId,
        r."parentSourcedId" as value
    from "orgs" as r
    where r."parentSourcedId" is not null
)
 as t
anti join "standing_orgs" as s on t.value = s.sourcedId
semi join "orgs" as f on t.value = f.sourcedId
;

-- academicSessions.sourcedId.missing
-- severity: error
-- title: sourcedId is missing
-- meaning: Every row of academicSessions needs sourcedId, and this one leaves it empty, so the row was set aside. A record that was published before stays as it was.
-- repair: Fill in the value in the SIS and export again.
-- who: district
-- source: OneRoster 1.1 CSV, table academicSessions, required fields
select
    t.file,
    t.record,
    t.sourcedId,
    'sourcedId' as field,
    null as value
from "academicSessions" as t
where t."sourcedId" is null
;

-- academicSessions.sourcedId.too_long
-- severity: error
-- title: sourcedId is longer than 255 characters
-- meaning: An id has 1 to 255 characters. This one is longer, which usually means that two columns ran together, so the row was set aside.
-- repair: Look at the row in the export; the SIS vendor corrects the id.
-- who: SIS vendor
-- source: OneRoster 1.1 CSV, data type GUID
select
    t.file,
    t.record,
    t.sourcedId,
    'sourcedId' as field,
    left(t."sourcedId", 100) as value
from "academicSessions" as t
where length(t."sourcedId") > 255
;

-- academicSessions.sourcedId.unusual_id
-- severity: warning
-- title: sourcedId has characters that ids should not have
-- meaning: The standard allows letters, digits and . - _ / @ in ids. The record is used as it is, but some applications may stumble over it.
-- repair: Nothing has to be done. If an application reports trouble with this record, ask the SIS vendor for plain ids.
-- who: SIS vendor
-- source: OneRoster 1.1 CSV, data type GUID
select
    t.file,
    t.record,
    t.sourcedId,
    'sourcedId' as field,
    t."sourcedId" as value
from "academicSessions" as t
where not regexp_full_match(t."sourcedId", '[0-9a-zA-Z./_@-]+')
;

-- academicSessions.sourcedId.duplicate
-- severity: error
-- title: The same sourcedId stands in rows that differ
-- meaning: Two or more rows claim one id and say different things. What was published before stays as it was; where nothing was, the first row counts.
-- repair: Find out in the SIS which row is right and remove the other, or give each record an id of its own.
-- who: district
-- source: OneRoster 1.1 CSV, sourcedId is unique within a file
with repeated as (
    select r.sourcedId
    from "academicSessions" as r
    where r.sourcedId is not null
    group by r.sourcedId
    having count(*) > 1
),

differing as (
    select t.sourcedId
    from "academicSessions" as t
    semi join repeated as r on t.sourcedId = r.sourcedId
    group by t.sourcedId
    having count(distinct row(t."sourcedId", t."title", t."type", t."startDate", t."endDate", t."parentSourcedId", t."schoolYear", t.metadata, coalesce(t.status, 'active'))) > 1
)

select
    t.file,
    t.record,
    t.sourcedId,
    'sourcedId' as field,
    t.sourcedId as value
from "academicSessions" as t
semi join differing as d on t.sourcedId = d.sourcedId
;

-- academicSessions.sourcedId.repeated
-- severity: info
-- title: A row is there more than once
-- meaning: The same row stands in the file again, to the letter. It was read once, and nothing is lost.
-- repair: Nothing has to be done. If it bothers you, ask the SIS vendor why rows repeat.
-- who: SIS vendor
-- source: OneRoster 1.1 CSV, sourcedId is unique within a file
with repeated as (
    select
        r.sourcedId,
        min(r.record) as first_record
    from "academicSessions" as r
    where r.sourcedId is not null
    group by r.sourcedId
    having count(*) > 1
),

identical as (
    select
        t.sourcedId,
        any_value(r.first_record) as first_record
    from "academicSessions" as t
    inner join repeated as r on t.sourcedId = r.sourcedId
    group by t.sourcedId
    having count(distinct row(t."sourcedId", t."title", t."type", t."startDate", t."endDate", t."parentSourcedId", t."schoolYear", t.metadata, coalesce(t.status, 'active'))) = 1
)

select
    t.file,
    t.record,
    t.sourcedId,
    'sourcedId' as field,
    t.sourcedId as value
from "academicSessions" as t
inner join identical as i on t.sourcedId = i.sourcedId
where t.record > i.first_record
;

-- academicSessions.status.unknown_value
-- severity: error
-- optional: warning
-- title: status has a value that the standard does not know
-- meaning: status must be one of: active, tobedeleted. A row that needs the value was set aside; where it is optional the published value stays, or there is none.
-- repair: Map the SIS's own word to one of the allowed ones in its OneRoster export, then export again.
-- who: SIS vendor
-- source: OneRoster 1.1 CSV, vocabularies
select
    t.file,
    t.record,
    t.sourcedId,
    'status' as field,
    t."status" as value
from "academicSessions" as t
where t."status" not in ('active', 'tobedeleted')
;

-- academicSessions.title.missing
-- severity: error
-- title: title is missing
-- meaning: Every row of academicSessions needs title, and this one leaves it empty, so the row was set aside. A record that was published before stays as it was.
-- repair: Fill in the value in the SIS and export again.
-- who: district
-- source: OneRoster 1.1 CSV, table academicSessions, required fields
select
    t.file,
    t.record,
    t.sourcedId,
    'title' as field,
    null as value
from "academicSessions" as t
where t."title" is null
;

-- academicSessions.type.missing
-- severity: error
-- title: type is missing
-- meaning: Every row of academicSessions needs type, and this one leaves it empty, so the row was set aside. A record that was published before stays as it was.
-- repair: Fill in the value in the SIS and export again.
-- who: district
-- source: OneRoster 1.1 CSV, table academicSessions, required fields
select
    t.file,
    t.record,
    t.sourcedId,
    'type' as field,
    null as value
from "academicSessions" as t
where t."type" is null
;

-- academicSessions.type.unknown_value
-- severity: error
-- optional: warning
-- title: type has a value that the standard does not know
-- meaning: type must be one of: gradingPeriod, semester, schoolYear, term. A row that needs the value was set aside; where it is optional the published value stays, or there is none.
-- repair: Map the SIS's own word to one of the allowed ones in its OneRoster export, then export again.
-- who: SIS vendor
-- source: OneRoster 1.1 CSV, vocabularies
select
    t.file,
    t.record,
    t.sourcedId,
    'type' as field,
    t."type" as value
from "academicSessions" as t
where t."type" not in ('gradingPeriod', 'semester', 'schoolYear', 'term')
;

-- academicSessions.startDate.missing
-- severity: error
-- title: startDate is missing
-- meaning: Every row of academicSessions needs startDate, and this one leaves it empty, so the row was set aside. A record that was published before stays as it was.
-- repair: Fill in the value in the SIS and export again.
-- who: district
-- source: OneRoster 1.1 CSV, table academicSessions, required fields
select
    t.file,
    t.record,
    t.sourcedId,
    'startDate' as field,
    null as value
from "academicSessions" as t
where t."startDate" is null
;

-- academicSessions.startDate.not_a_date
-- severity: error
-- optional: warning
-- title: startDate is not a date
-- meaning: A date is written 2026-08-17 and must be a day of the calendar. A row that needs the date was set aside; where it is optional the published value stays, or there is none.
-- repair: Correct the date in the SIS, or set its export to write dates as year-month-day.
-- who: district
-- source: OneRoster 1.1 CSV, data type date
select
    t.file,
    t.record,
    t.sourcedId,
    'startDate' as field,
    t."startDate" as value
from "academicSessions" as t
where
    t."startDate" is not null
    and (
        not regexp_full_match(t."startDate", '\d\d\d\d-\d\d-\d\d')
        or try_cast(t."startDate" as date) is null
        or t."startDate" < '0001'
    )
;

-- academicSessions.endDate.missing
-- severity: error
-- title: endDate is missing
-- meaning: Every row of academicSessions needs endDate, and this one leaves it empty, so the row was set aside. A record that was published before stays as it was.
-- repair: Fill in the value in the SIS and export again.
-- who: district
-- source: OneRoster 1.1 CSV, table academicSessions, required fields
select
    t.file,
    t.record,
    t.sourcedId,
    'endDate' as field,
    null as value
from "academicSessions" as t
where t."endDate" is null
;

-- academicSessions.endDate.not_a_date
-- severity: error
-- optional: warning
-- title: endDate is not a date
-- meaning: A date is written 2026-08-17 and must be a day of the calendar. A row that needs the date was set aside; where it is optional the published value stays, or there is none.
-- repair: Correct the date in the SIS, or set its export to write dates as year-month-day.
-- who: district
-- source: OneRoster 1.1 CSV, data type date
select
    t.file,
    t.record,
    t.sourcedId,
    'endDate' as field,
    t."endDate" as value
from "academicSessions" as t
where
    t."endDate" is not null
    and (
        not regexp_full_match(t."endDate", '\d\d\d\d-\d\d-\d\d')
        or try_cast(t."endDate" as date) is null
        or t."endDate" < '0001'
    )
;

-- academicSessions.schoolYear.missing
-- severity: error
-- title: schoolYear is missing
-- meaning: Every row of academicSessions needs schoolYear, and this one leaves it empty, so the row was set aside. A record that was published before stays as it was.
-- repair: Fill in the value in the SIS and export again.
-- who: district
-- source: OneRoster 1.1 CSV, table academicSessions, required fields
select
    t.file,
    t.record,
    t.sourcedId,
    'schoolYear' as field,
    null as value
from "academicSessions" as t
where t."schoolYear" is null
;

-- academicSessions.schoolYear.not_a_year
-- severity: error
-- title: schoolYear is not a year
-- meaning: A school year is named by the four digits of the year in which it ends, 2027 for 2026-27. The row was set aside.
-- repair: Correct the year in the SIS and export again.
-- who: district
-- source: OneRoster 1.1 CSV, data type year
select
    t.file,
    t.record,
    t.sourcedId,
    'schoolYear' as field,
    t."schoolYear" as value
from "academicSessions" as t
where not regexp_full_match(t."schoolYear", '[12]\d\d\d')
;

-- academicSessions.endDate.ends_before_start
-- severity: error
-- title: A session ends before it starts
-- meaning: endDate is the first day after the session, so it must be later than startDate. The row was set aside.
-- repair: Correct the dates of the session in the SIS.
-- who: district
-- source: OneRoster 1.1 CSV, academicSessions: start inclusive, end exclusive
select
    t.file,
    t.record,
    t.sourcedId,
    'endDate' as field,
    t.endDate as value
from academicSessions as t
where try_cast(t.endDate as date) <= try_cast(t.startDate as date)
;

-- academicSessions.parentSourcedId.unknown
-- severity: error
-- optional: warning
-- title: parentSourcedId names a record that is not there
-- meaning: parentSourcedId must name a record of academicSessions, and neither this delivery nor the published roster has one with this id. A row that needs it was set aside; where it is optional the link was left out, or the published one stays.
-- repair: Export the missing record of academicSessions too, or correct the id in the SIS.
-- who: district
-- source: OneRoster 1.1 CSV, references between files
select
    t.file,
    t.record,
    t.sourcedId,
    'parentSourcedId' as field,
    t.value
from -- grain: one row per row of academicSessions that names a record in parentSourcedId
(
    select
        r.file,
        r.record,
        r.sourcedId,
        r."parentSourcedId" as value
    from "academicSessions" as r
    where r."parentSourcedId" is not null
)
 as t
anti join "standing_academicSessions" as s on t.value = s.sourcedId
anti join "academicSessions" as f on t.value = f.sourcedId
;

-- academicSessions.parentSourcedId.set_aside
-- severity: error
-- optional: warning
-- title: parentSourcedId names a record whose own row was set aside
-- meaning: The record of academicSessions that this row needs is in the delivery, but its row could not be used and nothing was published for it before. This is a consequence of that problem, not one of its own.
-- repair: Repair the row of academicSessions; this one then follows by itself.
-- who: district
-- source: Rollbook, design "one finding per cause"
select
    t.file,
    t.record,
    t.sourcedId,
    'parentSourcedId' as field,
    t.value
from -- grain: one row per row of academicSessions that names a record in parentSourcedId
(
    select
        r.file,
        r.record,
        r.sourcedId,
        r."parentSourcedId" as value
    from "academicSessions" as r
    where r."parentSourcedId" is not null
)
 as t
anti join "standing_academicSessions" as s on t.value = s.sourcedId
semi join "academicSessions" as f on t.value = f.sourcedId
;

-- courses.sourcedId.missing
-- severity: error
-- title: sourcedId is missing
-- meaning: Every row of courses needs sourcedId, and this one leaves it empty, so the row was set aside. A record that was published before stays as it was.
-- repair: Fill in the value in the SIS and export again.
-- who: district
-- source: OneRoster 1.1 CSV, table courses, required fields
select
    t.file,
    t.record,
    t.sourcedId,
    'sourcedId' as field,
    null as value
from "courses" as t
where t."sourcedId" is null
;

-- courses.sourcedId.too_long
-- severity: error
-- title: sourcedId is longer than 255 characters
-- meaning: An id has 1 to 255 characters. This one is longer, which usually means that two columns ran together, so the row was set aside.
-- repair: Look at the row in the export; the SIS vendor corrects the id.
-- who: SIS vendor
-- source: OneRoster 1.1 CSV, data type GUID
select
    t.file,
    t.record,
    t.sourcedId,
    'sourcedId' as field,
    left(t."sourcedId", 100) as value
from "courses" as t
where length(t."sourcedId") > 255
;

-- courses.sourcedId.unusual_id
-- severity: warning
-- title: sourcedId has characters that ids should not have
-- meaning: The standard allows letters, digits and . - _ / @ in ids. The record is used as it is, but some applications may stumble over it.
-- repair: Nothing has to be done. If an application reports trouble with this record, ask the SIS vendor for plain ids.
-- who: SIS vendor
-- source: OneRoster 1.1 CSV, data type GUID
select
    t.file,
    t.record,
    t.sourcedId,
    'sourcedId' as field,
    t."sourcedId" as value
from "courses" as t
where not regexp_full_match(t."sourcedId", '[0-9a-zA-Z./_@-]+')
;

-- courses.sourcedId.duplicate
-- severity: error
-- title: The same sourcedId stands in rows that differ
-- meaning: Two or more rows claim one id and say different things. What was published before stays as it was; where nothing was, the first row counts.
-- repair: Find out in the SIS which row is right and remove the other, or give each record an id of its own.
-- who: district
-- source: OneRoster 1.1 CSV, sourcedId is unique within a file
with repeated as (
    select r.sourcedId
    from "courses" as r
    where r.sourcedId is not null
    group by r.sourcedId
    having count(*) > 1
),

differing as (
    select t.sourcedId
    from "courses" as t
    semi join repeated as r on t.sourcedId = r.sourcedId
    group by t.sourcedId
    having count(distinct row(t."sourcedId", t."schoolYearSourcedId", t."title", t."courseCode", t."grades", t."orgSourcedId", t."subjects", t."subjectCodes", t.metadata, coalesce(t.status, 'active'))) > 1
)

select
    t.file,
    t.record,
    t.sourcedId,
    'sourcedId' as field,
    t.sourcedId as value
from "courses" as t
semi join differing as d on t.sourcedId = d.sourcedId
;

-- courses.sourcedId.repeated
-- severity: info
-- title: A row is there more than once
-- meaning: The same row stands in the file again, to the letter. It was read once, and nothing is lost.
-- repair: Nothing has to be done. If it bothers you, ask the SIS vendor why rows repeat.
-- who: SIS vendor
-- source: OneRoster 1.1 CSV, sourcedId is unique within a file
with repeated as (
    select
        r.sourcedId,
        min(r.record) as first_record
    from "courses" as r
    where r.sourcedId is not null
    group by r.sourcedId
    having count(*) > 1
),

identical as (
    select
        t.sourcedId,
        any_value(r.first_record) as first_record
    from "courses" as t
    inner join repeated as r on t.sourcedId = r.sourcedId
    group by t.sourcedId
    having count(distinct row(t."sourcedId", t."schoolYearSourcedId", t."title", t."courseCode", t."grades", t."orgSourcedId", t."subjects", t."subjectCodes", t.metadata, coalesce(t.status, 'active'))) = 1
)

select
    t.file,
    t.record,
    t.sourcedId,
    'sourcedId' as field,
    t.sourcedId as value
from "courses" as t
inner join identical as i on t.sourcedId = i.sourcedId
where t.record > i.first_record
;

-- courses.status.unknown_value
-- severity: error
-- optional: warning
-- title: status has a value that the standard does not know
-- meaning: status must be one of: active, tobedeleted. A row that needs the value was set aside; where it is optional the published value stays, or there is none.
-- repair: Map the SIS's own word to one of the allowed ones in its OneRoster export, then export again.
-- who: SIS vendor
-- source: OneRoster 1.1 CSV, vocabularies
select
    t.file,
    t.record,
    t.sourcedId,
    'status' as field,
    t."status" as value
from "courses" as t
where t."status" not in ('active', 'tobedeleted')
;

-- courses.title.missing
-- severity: error
-- title: title is missing
-- meaning: Every row of courses needs title, and this one leaves it empty, so the row was set aside. A record that was published before stays as it was.
-- repair: Fill in the value in the SIS and export again.
-- who: district
-- source: OneRoster 1.1 CSV, table courses, required fields
select
    t.file,
    t.record,
    t.sourcedId,
    'title' as field,
    null as value
from "courses" as t
where t."title" is null
;

-- courses.orgSourcedId.missing
-- severity: error
-- title: orgSourcedId is missing
-- meaning: Every row of courses needs orgSourcedId, and this one leaves it empty, so the row was set aside. A record that was published before stays as it was.
-- repair: Fill in the value in the SIS and export again.
-- who: district
-- source: OneRoster 1.1 CSV, table courses, required fields
select
    t.file,
    t.record,
    t.sourcedId,
    'orgSourcedId' as field,
    null as value
from "courses" as t
where t."orgSourcedId" is null
;

-- courses.schoolYearSourcedId.unknown
-- severity: error
-- optional: warning
-- title: schoolYearSourcedId names a record that is not there
-- meaning: schoolYearSourcedId must name a record of academicSessions, and neither this delivery nor the published roster has one with this id. A row that needs it was set aside; where it is optional the link was left out, or the published one stays.
-- repair: Export the missing record of academicSessions too, or correct the id in the SIS.
-- who: district
-- source: OneRoster 1.1 CSV, references between files
select
    t.file,
    t.record,
    t.sourcedId,
    'schoolYearSourcedId' as field,
    t.value
from -- grain: one row per row of courses that names a record in schoolYearSourcedId
(
    select
        r.file,
        r.record,
        r.sourcedId,
        r."schoolYearSourcedId" as value
    from "courses" as r
    where r."schoolYearSourcedId" is not null
)
 as t
anti join "standing_academicSessions" as s on t.value = s.sourcedId
anti join "academicSessions" as f on t.value = f.sourcedId
;

-- courses.schoolYearSourcedId.set_aside
-- severity: error
-- optional: warning
-- title: schoolYearSourcedId names a record whose own row was set aside
-- meaning: The record of academicSessions that this row needs is in the delivery, but its row could not be used and nothing was published for it before. This is a consequence of that problem, not one of its own.
-- repair: Repair the row of academicSessions; this one then follows by itself.
-- who: district
-- source: Rollbook, design "one finding per cause"
select
    t.file,
    t.record,
    t.sourcedId,
    'schoolYearSourcedId' as field,
    t.value
from -- grain: one row per row of courses that names a record in schoolYearSourcedId
(
    select
        r.file,
        r.record,
        r.sourcedId,
        r."schoolYearSourcedId" as value
    from "courses" as r
    where r."schoolYearSourcedId" is not null
)
 as t
anti join "standing_academicSessions" as s on t.value = s.sourcedId
semi join "academicSessions" as f on t.value = f.sourcedId
;

-- courses.orgSourcedId.unknown
-- severity: error
-- optional: warning
-- title: orgSourcedId names a record that is not there
-- meaning: orgSourcedId must name a record of orgs, and neither this delivery nor the published roster has one with this id. A row that needs it was set aside; where it is optional the link was left out, or the published one stays.
-- repair: Export the missing record of orgs too, or correct the id in the SIS.
-- who: district
-- source: OneRoster 1.1 CSV, references between files
select
    t.file,
    t.record,
    t.sourcedId,
    'orgSourcedId' as field,
    t.value
from -- grain: one row per row of courses that names a record in orgSourcedId
(
    select
        r.file,
        r.record,
        r.sourcedId,
        r."orgSourcedId" as value
    from "courses" as r
    where r."orgSourcedId" is not null
)
 as t
anti join "standing_orgs" as s on t.value = s.sourcedId
anti join "orgs" as f on t.value = f.sourcedId
;

-- courses.orgSourcedId.set_aside
-- severity: error
-- optional: warning
-- title: orgSourcedId names a record whose own row was set aside
-- meaning: The record of orgs that this row needs is in the delivery, but its row could not be used and nothing was published for it before. This is a consequence of that problem, not one of its own.
-- repair: Repair the row of orgs; this one then follows by itself.
-- who: district
-- source: Rollbook, design "one finding per cause"
select
    t.file,
    t.record,
    t.sourcedId,
    'orgSourcedId' as field,
    t.value
from -- grain: one row per row of courses that names a record in orgSourcedId
(
    select
        r.file,
        r.record,
        r.sourcedId,
        r."orgSourcedId" as value
    from "courses" as r
    where r."orgSourcedId" is not null
)
 as t
anti join "standing_orgs" as s on t.value = s.sourcedId
semi join "orgs" as f on t.value = f.sourcedId
;

-- classes.sourcedId.missing
-- severity: error
-- title: sourcedId is missing
-- meaning: Every row of classes needs sourcedId, and this one leaves it empty, so the row was set aside. A record that was published before stays as it was.
-- repair: Fill in the value in the SIS and export again.
-- who: district
-- source: OneRoster 1.1 CSV, table classes, required fields
select
    t.file,
    t.record,
    t.sourcedId,
    'sourcedId' as field,
    null as value
from "classes" as t
where t."sourcedId" is null
;

-- classes.sourcedId.too_long
-- severity: error
-- title: sourcedId is longer than 255 characters
-- meaning: An id has 1 to 255 characters. This one is longer, which usually means that two columns ran together, so the row was set aside.
-- repair: Look at the row in the export; the SIS vendor corrects the id.
-- who: SIS vendor
-- source: OneRoster 1.1 CSV, data type GUID
select
    t.file,
    t.record,
    t.sourcedId,
    'sourcedId' as field,
    left(t."sourcedId", 100) as value
from "classes" as t
where length(t."sourcedId") > 255
;

-- classes.sourcedId.unusual_id
-- severity: warning
-- title: sourcedId has characters that ids should not have
-- meaning: The standard allows letters, digits and . - _ / @ in ids. The record is used as it is, but some applications may stumble over it.
-- repair: Nothing has to be done. If an application reports trouble with this record, ask the SIS vendor for plain ids.
-- who: SIS vendor
-- source: OneRoster 1.1 CSV, data type GUID
select
    t.file,
    t.record,
    t.sourcedId,
    'sourcedId' as field,
    t."sourcedId" as value
from "classes" as t
where not regexp_full_match(t."sourcedId", '[0-9a-zA-Z./_@-]+')
;

-- classes.sourcedId.duplicate
-- severity: error
-- title: The same sourcedId stands in rows that differ
-- meaning: Two or more rows claim one id and say different things. What was published before stays as it was; where nothing was, the first row counts.
-- repair: Find out in the SIS which row is right and remove the other, or give each record an id of its own.
-- who: district
-- source: OneRoster 1.1 CSV, sourcedId is unique within a file
with repeated as (
    select r.sourcedId
    from "classes" as r
    where r.sourcedId is not null
    group by r.sourcedId
    having count(*) > 1
),

differing as (
    select t.sourcedId
    from "classes" as t
    semi join repeated as r on t.sourcedId = r.sourcedId
    group by t.sourcedId
    having count(distinct row(t."sourcedId", t."title", t."grades", t."courseSourcedId", t."classCode", t."classType", t."location", t."schoolSourcedId", t."termSourcedIds", t."subjects", t."subjectCodes", t."periods", t.metadata, coalesce(t.status, 'active'))) > 1
)

select
    t.file,
    t.record,
    t.sourcedId,
    'sourcedId' as field,
    t.sourcedId as value
from "classes" as t
semi join differing as d on t.sourcedId = d.sourcedId
;

-- classes.sourcedId.repeated
-- severity: info
-- title: A row is there more than once
-- meaning: The same row stands in the file again, to the letter. It was read once, and nothing is lost.
-- repair: Nothing has to be done. If it bothers you, ask the SIS vendor why rows repeat.
-- who: SIS vendor
-- source: OneRoster 1.1 CSV, sourcedId is unique within a file
with repeated as (
    select
        r.sourcedId,
        min(r.record) as first_record
    from "classes" as r
    where r.sourcedId is not null
    group by r.sourcedId
    having count(*) > 1
),

identical as (
    select
        t.sourcedId,
        any_value(r.first_record) as first_record
    from "classes" as t
    inner join repeated as r on t.sourcedId = r.sourcedId
    group by t.sourcedId
    having count(distinct row(t."sourcedId", t."title", t."grades", t."courseSourcedId", t."classCode", t."classType", t."location", t."schoolSourcedId", t."termSourcedIds", t."subjects", t."subjectCodes", t."periods", t.metadata, coalesce(t.status, 'active'))) = 1
)

select
    t.file,
    t.record,
    t.sourcedId,
    'sourcedId' as field,
    t.sourcedId as value
from "classes" as t
inner join identical as i on t.sourcedId = i.sourcedId
where t.record > i.first_record
;

-- classes.status.unknown_value
-- severity: error
-- optional: warning
-- title: status has a value that the standard does not know
-- meaning: status must be one of: active, tobedeleted. A row that needs the value was set aside; where it is optional the published value stays, or there is none.
-- repair: Map the SIS's own word to one of the allowed ones in its OneRoster export, then export again.
-- who: SIS vendor
-- source: OneRoster 1.1 CSV, vocabularies
select
    t.file,
    t.record,
    t.sourcedId,
    'status' as field,
    t."status" as value
from "classes" as t
where t."status" not in ('active', 'tobedeleted')
;

-- classes.title.missing
-- severity: error
-- title: title is missing
-- meaning: Every row of classes needs title, and this one leaves it empty, so the row was set aside. A record that was published before stays as it was.
-- repair: Fill in the value in the SIS and export again.
-- who: district
-- source: OneRoster 1.1 CSV, table classes, required fields
select
    t.file,
    t.record,
    t.sourcedId,
    'title' as field,
    null as value
from "classes" as t
where t."title" is null
;

-- classes.courseSourcedId.missing
-- severity: error
-- title: courseSourcedId is missing
-- meaning: Every row of classes needs courseSourcedId, and this one leaves it empty, so the row was set aside. A record that was published before stays as it was.
-- repair: Fill in the value in the SIS and export again.
-- who: district
-- source: OneRoster 1.1 CSV, table classes, required fields
select
    t.file,
    t.record,
    t.sourcedId,
    'courseSourcedId' as field,
    null as value
from "classes" as t
where t."courseSourcedId" is null
;

-- classes.classType.missing
-- severity: error
-- title: classType is missing
-- meaning: Every row of classes needs classType, and this one leaves it empty, so the row was set aside. A record that was published before stays as it was.
-- repair: Fill in the value in the SIS and export again.
-- who: district
-- source: OneRoster 1.1 CSV, table classes, required fields
select
    t.file,
    t.record,
    t.sourcedId,
    'classType' as field,
    null as value
from "classes" as t
where t."classType" is null
;

-- classes.classType.unknown_value
-- severity: error
-- optional: warning
-- title: classType has a value that the standard does not know
-- meaning: classType must be one of: homeroom, scheduled. A row that needs the value was set aside; where it is optional the published value stays, or there is none.
-- repair: Map the SIS's own word to one of the allowed ones in its OneRoster export, then export again.
-- who: SIS vendor
-- source: OneRoster 1.1 CSV, vocabularies
select
    t.file,
    t.record,
    t.sourcedId,
    'classType' as field,
    t."classType" as value
from "classes" as t
where t."classType" not in ('homeroom', 'scheduled')
;

-- classes.schoolSourcedId.missing
-- severity: error
-- title: schoolSourcedId is missing
-- meaning: Every row of classes needs schoolSourcedId, and this one leaves it empty, so the row was set aside. A record that was published before stays as it was.
-- repair: Fill in the value in the SIS and export again.
-- who: district
-- source: OneRoster 1.1 CSV, table classes, required fields
select
    t.file,
    t.record,
    t.sourcedId,
    'schoolSourcedId' as field,
    null as value
from "classes" as t
where t."schoolSourcedId" is null
;

-- classes.termSourcedIds.missing
-- severity: error
-- title: termSourcedIds is missing
-- meaning: Every row of classes needs termSourcedIds, and this one leaves it empty, so the row was set aside. A record that was published before stays as it was.
-- repair: Fill in the value in the SIS and export again.
-- who: district
-- source: OneRoster 1.1 CSV, table classes, required fields
select
    t.file,
    t.record,
    t.sourcedId,
    'termSourcedIds' as field,
    null as value
from "classes" as t
where t."termSourcedIds" is null
;

-- classes.courseSourcedId.unknown
-- severity: error
-- optional: warning
-- title: courseSourcedId names a record that is not there
-- meaning: courseSourcedId must name a record of courses, and neither this delivery nor the published roster has one with this id. A row that needs it was set aside; where it is optional the link was left out, or the published one stays.
-- repair: Export the missing record of courses too, or correct the id in the SIS.
-- who: district
-- source: OneRoster 1.1 CSV, references between files
select
    t.file,
    t.record,
    t.sourcedId,
    'courseSourcedId' as field,
    t.value
from -- grain: one row per row of classes that names a record in courseSourcedId
(
    select
        r.file,
        r.record,
        r.sourcedId,
        r."courseSourcedId" as value
    from "classes" as r
    where r."courseSourcedId" is not null
)
 as t
anti join "standing_courses" as s on t.value = s.sourcedId
anti join "courses" as f on t.value = f.sourcedId
;

-- classes.courseSourcedId.set_aside
-- severity: error
-- optional: warning
-- title: courseSourcedId names a record whose own row was set aside
-- meaning: The record of courses that this row needs is in the delivery, but its row could not be used and nothing was published for it before. This is a consequence of that problem, not one of its own.
-- repair: Repair the row of courses; this one then follows by itself.
-- who: district
-- source: Rollbook, design "one finding per cause"
select
    t.file,
    t.record,
    t.sourcedId,
    'courseSourcedId' as field,
    t.value
from -- grain: one row per row of classes that names a record in courseSourcedId
(
    select
        r.file,
        r.record,
        r.sourcedId,
        r."courseSourcedId" as value
    from "classes" as r
    where r."courseSourcedId" is not null
)
 as t
anti join "standing_courses" as s on t.value = s.sourcedId
semi join "courses" as f on t.value = f.sourcedId
;

-- classes.schoolSourcedId.unknown
-- severity: error
-- optional: warning
-- title: schoolSourcedId names a record that is not there
-- meaning: schoolSourcedId must name a record of orgs, and neither this delivery nor the published roster has one with this id. A row that needs it was set aside; where it is optional the link was left out, or the published one stays.
-- repair: Export the missing record of orgs too, or correct the id in the SIS.
-- who: district
-- source: OneRoster 1.1 CSV, references between files
select
    t.file,
    t.record,
    t.sourcedId,
    'schoolSourcedId' as field,
    t.value
from -- grain: one row per row of classes that names a record in schoolSourcedId
(
    select
        r.file,
        r.record,
        r.sourcedId,
        r."schoolSourcedId" as value
    from "classes" as r
    where r."schoolSourcedId" is not null
)
 as t
anti join "standing_orgs" as s on t.value = s.sourcedId
anti join "orgs" as f on t.value = f.sourcedId
;

-- classes.schoolSourcedId.set_aside
-- severity: error
-- optional: warning
-- title: schoolSourcedId names a record whose own row was set aside
-- meaning: The record of orgs that this row needs is in the delivery, but its row could not be used and nothing was published for it before. This is a consequence of that problem, not one of its own.
-- repair: Repair the row of orgs; this one then follows by itself.
-- who: district
-- source: Rollbook, design "one finding per cause"
select
    t.file,
    t.record,
    t.sourcedId,
    'schoolSourcedId' as field,
    t.value
from -- grain: one row per row of classes that names a record in schoolSourcedId
(
    select
        r.file,
        r.record,
        r.sourcedId,
        r."schoolSourcedId" as value
    from "classes" as r
    where r."schoolSourcedId" is not null
)
 as t
anti join "standing_orgs" as s on t.value = s.sourcedId
semi join "orgs" as f on t.value = f.sourcedId
;

-- classes.termSourcedIds.unknown
-- severity: error
-- optional: warning
-- title: termSourcedIds names a record that is not there
-- meaning: termSourcedIds must name a record of academicSessions, and neither this delivery nor the published roster has one with this id. A row that needs it was set aside; where it is optional the link was left out, or the published one stays.
-- repair: Export the missing record of academicSessions too, or correct the id in the SIS.
-- who: district
-- source: OneRoster 1.1 CSV, references between files
select
    t.file,
    t.record,
    t.sourcedId,
    'termSourcedIds' as field,
    t.value
from -- grain: one row per element of termSourcedIds in a row of classes
(
    select
        r.file,
        r.record,
        r.sourcedId,
        trim(unnest(string_split(r."termSourcedIds", ','))) as value,
        generate_subscripts(string_split(r."termSourcedIds", ','), 1) as position
    from "classes" as r
    where r."termSourcedIds" is not null
)
 as t
anti join "standing_academicSessions" as s on t.value = s.sourcedId
anti join "academicSessions" as f on t.value = f.sourcedId
;

-- classes.termSourcedIds.set_aside
-- severity: error
-- optional: warning
-- title: termSourcedIds names a record whose own row was set aside
-- meaning: The record of academicSessions that this row needs is in the delivery, but its row could not be used and nothing was published for it before. This is a consequence of that problem, not one of its own.
-- repair: Repair the row of academicSessions; this one then follows by itself.
-- who: district
-- source: Rollbook, design "one finding per cause"
select
    t.file,
    t.record,
    t.sourcedId,
    'termSourcedIds' as field,
    t.value
from -- grain: one row per element of termSourcedIds in a row of classes
(
    select
        r.file,
        r.record,
        r.sourcedId,
        trim(unnest(string_split(r."termSourcedIds", ','))) as value,
        generate_subscripts(string_split(r."termSourcedIds", ','), 1) as position
    from "classes" as r
    where r."termSourcedIds" is not null
)
 as t
anti join "standing_academicSessions" as s on t.value = s.sourcedId
semi join "academicSessions" as f on t.value = f.sourcedId
;

-- classes.termSourcedIds.none_known
-- severity: error
-- title: None of the records that termSourcedIds names is there
-- meaning: The row needs at least one record of academicSessions, and none of those it names can be used, so it was set aside. A record that was published before stays as it was.
-- repair: Export the missing records of academicSessions too, or correct the ids in the SIS.
-- who: district
-- source: OneRoster 1.1 CSV, references between files
with known as (
    select t.record
    from -- grain: one row per element of termSourcedIds in a row of classes
(
    select
        r.file,
        r.record,
        r.sourcedId,
        trim(unnest(string_split(r."termSourcedIds", ','))) as value,
        generate_subscripts(string_split(r."termSourcedIds", ','), 1) as position
    from "classes" as r
    where r."termSourcedIds" is not null
)
 as t
    semi join "standing_academicSessions" as s on t.value = s.sourcedId
)

select
    t.file,
    t.record,
    t.sourcedId,
    'termSourcedIds' as field,
    t."termSourcedIds" as value
from "classes" as t
anti join known as k on t.record = k.record
where t."termSourcedIds" is not null
;

-- users.sourcedId.missing
-- severity: error
-- title: sourcedId is missing
-- meaning: Every row of users needs sourcedId, and this one leaves it empty, so the row was set aside. A record that was published before stays as it was.
-- repair: Fill in the value in the SIS and export again.
-- who: district
-- source: OneRoster 1.1 CSV, table users, required fields
select
    t.file,
    t.record,
    t.sourcedId,
    'sourcedId' as field,
    null as value
from "users" as t
where t."sourcedId" is null
;

-- users.sourcedId.too_long
-- severity: error
-- title: sourcedId is longer than 255 characters
-- meaning: An id has 1 to 255 characters. This one is longer, which usually means that two columns ran together, so the row was set aside.
-- repair: Look at the row in the export; the SIS vendor corrects the id.
-- who: SIS vendor
-- source: OneRoster 1.1 CSV, data type GUID
select
    t.file,
    t.record,
    t.sourcedId,
    'sourcedId' as field,
    left(t."sourcedId", 100) as value
from "users" as t
where length(t."sourcedId") > 255
;

-- users.sourcedId.unusual_id
-- severity: warning
-- title: sourcedId has characters that ids should not have
-- meaning: The standard allows letters, digits and . - _ / @ in ids. The record is used as it is, but some applications may stumble over it.
-- repair: Nothing has to be done. If an application reports trouble with this record, ask the SIS vendor for plain ids.
-- who: SIS vendor
-- source: OneRoster 1.1 CSV, data type GUID
select
    t.file,
    t.record,
    t.sourcedId,
    'sourcedId' as field,
    t."sourcedId" as value
from "users" as t
where not regexp_full_match(t."sourcedId", '[0-9a-zA-Z./_@-]+')
;

-- users.sourcedId.duplicate
-- severity: error
-- title: The same sourcedId stands in rows that differ
-- meaning: Two or more rows claim one id and say different things. What was published before stays as it was; where nothing was, the first row counts.
-- repair: Find out in the SIS which row is right and remove the other, or give each record an id of its own.
-- who: district
-- source: OneRoster 1.1 CSV, sourcedId is unique within a file
with repeated as (
    select r.sourcedId
    from "users" as r
    where r.sourcedId is not null
    group by r.sourcedId
    having count(*) > 1
),

differing as (
    select t.sourcedId
    from "users" as t
    semi join repeated as r on t.sourcedId = r.sourcedId
    group by t.sourcedId
    having count(distinct row(t."sourcedId", t."enabledUser", t."orgSourcedIds", t."role", t."username", t."userIds", t."givenName", t."familyName", t."middleName", t."identifier", t."email", t."sms", t."phone", t."agentSourcedIds", t."grades", t.metadata, coalesce(t.status, 'active'))) > 1
)

select
    t.file,
    t.record,
    t.sourcedId,
    'sourcedId' as field,
    t.sourcedId as value
from "users" as t
semi join differing as d on t.sourcedId = d.sourcedId
;

-- users.sourcedId.repeated
-- severity: info
-- title: A row is there more than once
-- meaning: The same row stands in the file again, to the letter. It was read once, and nothing is lost.
-- repair: Nothing has to be done. If it bothers you, ask the SIS vendor why rows repeat.
-- who: SIS vendor
-- source: OneRoster 1.1 CSV, sourcedId is unique within a file
with repeated as (
    select
        r.sourcedId,
        min(r.record) as first_record
    from "users" as r
    where r.sourcedId is not null
    group by r.sourcedId
    having count(*) > 1
),

identical as (
    select
        t.sourcedId,
        any_value(r.first_record) as first_record
    from "users" as t
    inner join repeated as r on t.sourcedId = r.sourcedId
    group by t.sourcedId
    having count(distinct row(t."sourcedId", t."enabledUser", t."orgSourcedIds", t."role", t."username", t."userIds", t."givenName", t."familyName", t."middleName", t."identifier", t."email", t."sms", t."phone", t."agentSourcedIds", t."grades", t.metadata, coalesce(t.status, 'active'))) = 1
)

select
    t.file,
    t.record,
    t.sourcedId,
    'sourcedId' as field,
    t.sourcedId as value
from "users" as t
inner join identical as i on t.sourcedId = i.sourcedId
where t.record > i.first_record
;

-- users.status.unknown_value
-- severity: error
-- optional: warning
-- title: status has a value that the standard does not know
-- meaning: status must be one of: active, tobedeleted. A row that needs the value was set aside; where it is optional the published value stays, or there is none.
-- repair: Map the SIS's own word to one of the allowed ones in its OneRoster export, then export again.
-- who: SIS vendor
-- source: OneRoster 1.1 CSV, vocabularies
select
    t.file,
    t.record,
    t.sourcedId,
    'status' as field,
    t."status" as value
from "users" as t
where t."status" not in ('active', 'tobedeleted')
;

-- users.enabledUser.missing
-- severity: error
-- title: enabledUser is missing
-- meaning: Every row of users needs enabledUser, and this one leaves it empty, so the row was set aside. A record that was published before stays as it was.
-- repair: Fill in the value in the SIS and export again.
-- who: district
-- source: OneRoster 1.1 CSV, table users, required fields
select
    t.file,
    t.record,
    t.sourcedId,
    'enabledUser' as field,
    null as value
from "users" as t
where t."enabledUser" is null
;

-- users.enabledUser.unknown_value
-- severity: error
-- optional: warning
-- title: enabledUser has a value that the standard does not know
-- meaning: enabledUser must be one of: true, false. A row that needs the value was set aside; where it is optional the published value stays, or there is none.
-- repair: Map the SIS's own word to one of the allowed ones in its OneRoster export, then export again.
-- who: SIS vendor
-- source: OneRoster 1.1 CSV, vocabularies
select
    t.file,
    t.record,
    t.sourcedId,
    'enabledUser' as field,
    t."enabledUser" as value
from "users" as t
where t."enabledUser" not in ('true', 'false')
;

-- users.orgSourcedIds.missing
-- severity: error
-- title: orgSourcedIds is missing
-- meaning: Every row of users needs orgSourcedIds, and this one leaves it empty, so the row was set aside. A record that was published before stays as it was.
-- repair: Fill in the value in the SIS and export again.
-- who: district
-- source: OneRoster 1.1 CSV, table users, required fields
select
    t.file,
    t.record,
    t.sourcedId,
    'orgSourcedIds' as field,
    null as value
from "users" as t
where t."orgSourcedIds" is null
;

-- users.role.missing
-- severity: error
-- title: role is missing
-- meaning: Every row of users needs role, and this one leaves it empty, so the row was set aside. A record that was published before stays as it was.
-- repair: Fill in the value in the SIS and export again.
-- who: district
-- source: OneRoster 1.1 CSV, table users, required fields
select
    t.file,
    t.record,
    t.sourcedId,
    'role' as field,
    null as value
from "users" as t
where t."role" is null
;

-- users.role.unknown_value
-- severity: error
-- optional: warning
-- title: role has a value that the standard does not know
-- meaning: role must be one of: administrator, aide, guardian, parent, proctor, relative, student, teacher. A row that needs the value was set aside; where it is optional the published value stays, or there is none.
-- repair: Map the SIS's own word to one of the allowed ones in its OneRoster export, then export again.
-- who: SIS vendor
-- source: OneRoster 1.1 CSV, vocabularies
select
    t.file,
    t.record,
    t.sourcedId,
    'role' as field,
    t."role" as value
from "users" as t
where t."role" not in ('administrator', 'aide', 'guardian', 'parent', 'proctor', 'relative', 'student', 'teacher')
;

-- users.username.missing
-- severity: error
-- title: username is missing
-- meaning: Every row of users needs username, and this one leaves it empty, so the row was set aside. A record that was published before stays as it was.
-- repair: Fill in the value in the SIS and export again.
-- who: district
-- source: OneRoster 1.1 CSV, table users, required fields
select
    t.file,
    t.record,
    t.sourcedId,
    'username' as field,
    null as value
from "users" as t
where t."username" is null
;

-- users.givenName.missing
-- severity: error
-- title: givenName is missing
-- meaning: Every row of users needs givenName, and this one leaves it empty, so the row was set aside. A record that was published before stays as it was.
-- repair: Fill in the value in the SIS and export again.
-- who: district
-- source: OneRoster 1.1 CSV, table users, required fields
select
    t.file,
    t.record,
    t.sourcedId,
    'givenName' as field,
    null as value
from "users" as t
where t."givenName" is null
;

-- users.familyName.missing
-- severity: error
-- title: familyName is missing
-- meaning: Every row of users needs familyName, and this one leaves it empty, so the row was set aside. A record that was published before stays as it was.
-- repair: Fill in the value in the SIS and export again.
-- who: district
-- source: OneRoster 1.1 CSV, table users, required fields
select
    t.file,
    t.record,
    t.sourcedId,
    'familyName' as field,
    null as value
from "users" as t
where t."familyName" is null
;

-- users.orgSourcedIds.unknown
-- severity: error
-- optional: warning
-- title: orgSourcedIds names a record that is not there
-- meaning: orgSourcedIds must name a record of orgs, and neither this delivery nor the published roster has one with this id. A row that needs it was set aside; where it is optional the link was left out, or the published one stays.
-- repair: Export the missing record of orgs too, or correct the id in the SIS.
-- who: district
-- source: OneRoster 1.1 CSV, references between files
select
    t.file,
    t.record,
    t.sourcedId,
    'orgSourcedIds' as field,
    t.value
from -- grain: one row per element of orgSourcedIds in a row of users
(
    select
        r.file,
        r.record,
        r.sourcedId,
        trim(unnest(string_split(r."orgSourcedIds", ','))) as value,
        generate_subscripts(string_split(r."orgSourcedIds", ','), 1) as position
    from "users" as r
    where r."orgSourcedIds" is not null
)
 as t
anti join "standing_orgs" as s on t.value = s.sourcedId
anti join "orgs" as f on t.value = f.sourcedId
;

-- users.orgSourcedIds.set_aside
-- severity: error
-- optional: warning
-- title: orgSourcedIds names a record whose own row was set aside
-- meaning: The record of orgs that this row needs is in the delivery, but its row could not be used and nothing was published for it before. This is a consequence of that problem, not one of its own.
-- repair: Repair the row of orgs; this one then follows by itself.
-- who: district
-- source: Rollbook, design "one finding per cause"
select
    t.file,
    t.record,
    t.sourcedId,
    'orgSourcedIds' as field,
    t.value
from -- grain: one row per element of orgSourcedIds in a row of users
(
    select
        r.file,
        r.record,
        r.sourcedId,
        trim(unnest(string_split(r."orgSourcedIds", ','))) as value,
        generate_subscripts(string_split(r."orgSourcedIds", ','), 1) as position
    from "users" as r
    where r."orgSourcedIds" is not null
)
 as t
anti join "standing_orgs" as s on t.value = s.sourcedId
semi join "orgs" as f on t.value = f.sourcedId
;

-- users.orgSourcedIds.none_known
-- severity: error
-- title: None of the records that orgSourcedIds names is there
-- meaning: The row needs at least one record of orgs, and none of those it names can be used, so it was set aside. A record that was published before stays as it was.
-- repair: Export the missing records of orgs too, or correct the ids in the SIS.
-- who: district
-- source: OneRoster 1.1 CSV, references between files
with known as (
    select t.record
    from -- grain: one row per element of orgSourcedIds in a row of users
(
    select
        r.file,
        r.record,
        r.sourcedId,
        trim(unnest(string_split(r."orgSourcedIds", ','))) as value,
        generate_subscripts(string_split(r."orgSourcedIds", ','), 1) as position
    from "users" as r
    where r."orgSourcedIds" is not null
)
 as t
    semi join "standing_orgs" as s on t.value = s.sourcedId
)

select
    t.file,
    t.record,
    t.sourcedId,
    'orgSourcedIds' as field,
    t."orgSourcedIds" as value
from "users" as t
anti join known as k on t.record = k.record
where t."orgSourcedIds" is not null
;

-- users.agentSourcedIds.unknown
-- severity: error
-- optional: warning
-- title: agentSourcedIds names a record that is not there
-- meaning: agentSourcedIds must name a record of users, and neither this delivery nor the published roster has one with this id. A row that needs it was set aside; where it is optional the link was left out, or the published one stays.
-- repair: Export the missing record of users too, or correct the id in the SIS.
-- who: district
-- source: OneRoster 1.1 CSV, references between files
select
    t.file,
    t.record,
    t.sourcedId,
    'agentSourcedIds' as field,
    t.value
from -- grain: one row per element of agentSourcedIds in a row of users
(
    select
        r.file,
        r.record,
        r.sourcedId,
        trim(unnest(string_split(r."agentSourcedIds", ','))) as value,
        generate_subscripts(string_split(r."agentSourcedIds", ','), 1) as position
    from "users" as r
    where r."agentSourcedIds" is not null
)
 as t
anti join "standing_users" as s on t.value = s.sourcedId
anti join "users" as f on t.value = f.sourcedId
;

-- users.agentSourcedIds.set_aside
-- severity: error
-- optional: warning
-- title: agentSourcedIds names a record whose own row was set aside
-- meaning: The record of users that this row needs is in the delivery, but its row could not be used and nothing was published for it before. This is a consequence of that problem, not one of its own.
-- repair: Repair the row of users; this one then follows by itself.
-- who: district
-- source: Rollbook, design "one finding per cause"
select
    t.file,
    t.record,
    t.sourcedId,
    'agentSourcedIds' as field,
    t.value
from -- grain: one row per element of agentSourcedIds in a row of users
(
    select
        r.file,
        r.record,
        r.sourcedId,
        trim(unnest(string_split(r."agentSourcedIds", ','))) as value,
        generate_subscripts(string_split(r."agentSourcedIds", ','), 1) as position
    from "users" as r
    where r."agentSourcedIds" is not null
)
 as t
anti join "standing_users" as s on t.value = s.sourcedId
semi join "users" as f on t.value = f.sourcedId
;

-- enrollments.sourcedId.missing
-- severity: error
-- title: sourcedId is missing
-- meaning: Every row of enrollments needs sourcedId, and this one leaves it empty, so the row was set aside. A record that was published before stays as it was.
-- repair: Fill in the value in the SIS and export again.
-- who: district
-- source: OneRoster 1.1 CSV, table enrollments, required fields
select
    t.file,
    t.record,
    t.sourcedId,
    'sourcedId' as field,
    null as value
from "enrollments" as t
where t."sourcedId" is null
;

-- enrollments.sourcedId.too_long
-- severity: error
-- title: sourcedId is longer than 255 characters
-- meaning: An id has 1 to 255 characters. This one is longer, which usually means that two columns ran together, so the row was set aside.
-- repair: Look at the row in the export; the SIS vendor corrects the id.
-- who: SIS vendor
-- source: OneRoster 1.1 CSV, data type GUID
select
    t.file,
    t.record,
    t.sourcedId,
    'sourcedId' as field,
    left(t."sourcedId", 100) as value
from "enrollments" as t
where length(t."sourcedId") > 255
;

-- enrollments.sourcedId.unusual_id
-- severity: warning
-- title: sourcedId has characters that ids should not have
-- meaning: The standard allows letters, digits and . - _ / @ in ids. The record is used as it is, but some applications may stumble over it.
-- repair: Nothing has to be done. If an application reports trouble with this record, ask the SIS vendor for plain ids.
-- who: SIS vendor
-- source: OneRoster 1.1 CSV, data type GUID
select
    t.file,
    t.record,
    t.sourcedId,
    'sourcedId' as field,
    t."sourcedId" as value
from "enrollments" as t
where not regexp_full_match(t."sourcedId", '[0-9a-zA-Z./_@-]+')
;

-- enrollments.sourcedId.duplicate
-- severity: error
-- title: The same sourcedId stands in rows that differ
-- meaning: Two or more rows claim one id and say different things. What was published before stays as it was; where nothing was, the first row counts.
-- repair: Find out in the SIS which row is right and remove the other, or give each record an id of its own.
-- who: district
-- source: OneRoster 1.1 CSV, sourcedId is unique within a file
with repeated as (
    select r.sourcedId
    from "enrollments" as r
    where r.sourcedId is not null
    group by r.sourcedId
    having count(*) > 1
),

differing as (
    select t.sourcedId
    from "enrollments" as t
    semi join repeated as r on t.sourcedId = r.sourcedId
    group by t.sourcedId
    having count(distinct row(t."sourcedId", t."classSourcedId", t."schoolSourcedId", t."userSourcedId", t."role", t."primary", t."beginDate", t."endDate", t.metadata, coalesce(t.status, 'active'))) > 1
)

select
    t.file,
    t.record,
    t.sourcedId,
    'sourcedId' as field,
    t.sourcedId as value
from "enrollments" as t
semi join differing as d on t.sourcedId = d.sourcedId
;

-- enrollments.sourcedId.repeated
-- severity: info
-- title: A row is there more than once
-- meaning: The same row stands in the file again, to the letter. It was read once, and nothing is lost.
-- repair: Nothing has to be done. If it bothers you, ask the SIS vendor why rows repeat.
-- who: SIS vendor
-- source: OneRoster 1.1 CSV, sourcedId is unique within a file
with repeated as (
    select
        r.sourcedId,
        min(r.record) as first_record
    from "enrollments" as r
    where r.sourcedId is not null
    group by r.sourcedId
    having count(*) > 1
),

identical as (
    select
        t.sourcedId,
        any_value(r.first_record) as first_record
    from "enrollments" as t
    inner join repeated as r on t.sourcedId = r.sourcedId
    group by t.sourcedId
    having count(distinct row(t."sourcedId", t."classSourcedId", t."schoolSourcedId", t."userSourcedId", t."role", t."primary", t."beginDate", t."endDate", t.metadata, coalesce(t.status, 'active'))) = 1
)

select
    t.file,
    t.record,
    t.sourcedId,
    'sourcedId' as field,
    t.sourcedId as value
from "enrollments" as t
inner join identical as i on t.sourcedId = i.sourcedId
where t.record > i.first_record
;

-- enrollments.status.unknown_value
-- severity: error
-- optional: warning
-- title: status has a value that the standard does not know
-- meaning: status must be one of: active, tobedeleted. A row that needs the value was set aside; where it is optional the published value stays, or there is none.
-- repair: Map the SIS's own word to one of the allowed ones in its OneRoster export, then export again.
-- who: SIS vendor
-- source: OneRoster 1.1 CSV, vocabularies
select
    t.file,
    t.record,
    t.sourcedId,
    'status' as field,
    t."status" as value
from "enrollments" as t
where t."status" not in ('active', 'tobedeleted')
;

-- enrollments.classSourcedId.missing
-- severity: error
-- title: classSourcedId is missing
-- meaning: Every row of enrollments needs classSourcedId, and this one leaves it empty, so the row was set aside. A record that was published before stays as it was.
-- repair: Fill in the value in the SIS and export again.
-- who: district
-- source: OneRoster 1.1 CSV, table enrollments, required fields
select
    t.file,
    t.record,
    t.sourcedId,
    'classSourcedId' as field,
    null as value
from "enrollments" as t
where t."classSourcedId" is null
;

-- enrollments.schoolSourcedId.missing
-- severity: error
-- title: schoolSourcedId is missing
-- meaning: Every row of enrollments needs schoolSourcedId, and this one leaves it empty, so the row was set aside. A record that was published before stays as it was.
-- repair: Fill in the value in the SIS and export again.
-- who: district
-- source: OneRoster 1.1 CSV, table enrollments, required fields
select
    t.file,
    t.record,
    t.sourcedId,
    'schoolSourcedId' as field,
    null as value
from "enrollments" as t
where t."schoolSourcedId" is null
;

-- enrollments.userSourcedId.missing
-- severity: error
-- title: userSourcedId is missing
-- meaning: Every row of enrollments needs userSourcedId, and this one leaves it empty, so the row was set aside. A record that was published before stays as it was.
-- repair: Fill in the value in the SIS and export again.
-- who: district
-- source: OneRoster 1.1 CSV, table enrollments, required fields
select
    t.file,
    t.record,
    t.sourcedId,
    'userSourcedId' as field,
    null as value
from "enrollments" as t
where t."userSourcedId" is null
;

-- enrollments.role.missing
-- severity: error
-- title: role is missing
-- meaning: Every row of enrollments needs role, and this one leaves it empty, so the row was set aside. A record that was published before stays as it was.
-- repair: Fill in the value in the SIS and export again.
-- who: district
-- source: OneRoster 1.1 CSV, table enrollments, required fields
select
    t.file,
    t.record,
    t.sourcedId,
    'role' as field,
    null as value
from "enrollments" as t
where t."role" is null
;

-- enrollments.role.unknown_value
-- severity: error
-- optional: warning
-- title: role has a value that the standard does not know
-- meaning: role must be one of: administrator, proctor, student, teacher. A row that needs the value was set aside; where it is optional the published value stays, or there is none.
-- repair: Map the SIS's own word to one of the allowed ones in its OneRoster export, then export again.
-- who: SIS vendor
-- source: OneRoster 1.1 CSV, vocabularies
select
    t.file,
    t.record,
    t.sourcedId,
    'role' as field,
    t."role" as value
from "enrollments" as t
where t."role" not in ('administrator', 'proctor', 'student', 'teacher')
;

-- enrollments.primary.unknown_value
-- severity: error
-- optional: warning
-- title: primary has a value that the standard does not know
-- meaning: primary must be one of: true, false. A row that needs the value was set aside; where it is optional the published value stays, or there is none.
-- repair: Map the SIS's own word to one of the allowed ones in its OneRoster export, then export again.
-- who: SIS vendor
-- source: OneRoster 1.1 CSV, vocabularies
select
    t.file,
    t.record,
    t.sourcedId,
    'primary' as field,
    t."primary" as value
from "enrollments" as t
where t."primary" not in ('true', 'false')
;

-- enrollments.beginDate.not_a_date
-- severity: error
-- optional: warning
-- title: beginDate is not a date
-- meaning: A date is written 2026-08-17 and must be a day of the calendar. A row that needs the date was set aside; where it is optional the published value stays, or there is none.
-- repair: Correct the date in the SIS, or set its export to write dates as year-month-day.
-- who: district
-- source: OneRoster 1.1 CSV, data type date
select
    t.file,
    t.record,
    t.sourcedId,
    'beginDate' as field,
    t."beginDate" as value
from "enrollments" as t
where
    t."beginDate" is not null
    and (
        not regexp_full_match(t."beginDate", '\d\d\d\d-\d\d-\d\d')
        or try_cast(t."beginDate" as date) is null
        or t."beginDate" < '0001'
    )
;

-- enrollments.endDate.not_a_date
-- severity: error
-- optional: warning
-- title: endDate is not a date
-- meaning: A date is written 2026-08-17 and must be a day of the calendar. A row that needs the date was set aside; where it is optional the published value stays, or there is none.
-- repair: Correct the date in the SIS, or set its export to write dates as year-month-day.
-- who: district
-- source: OneRoster 1.1 CSV, data type date
select
    t.file,
    t.record,
    t.sourcedId,
    'endDate' as field,
    t."endDate" as value
from "enrollments" as t
where
    t."endDate" is not null
    and (
        not regexp_full_match(t."endDate", '\d\d\d\d-\d\d-\d\d')
        or try_cast(t."endDate" as date) is null
        or t."endDate" < '0001'
    )
;

-- enrollments.classSourcedId.unknown
-- severity: error
-- optional: warning
-- title: classSourcedId names a record that is not there
-- meaning: classSourcedId must name a record of classes, and neither this delivery nor the published roster has one with this id. A row that needs it was set aside; where it is optional the link was left out, or the published one stays.
-- repair: Export the missing record of classes too, or correct the id in the SIS.
-- who: district
-- source: OneRoster 1.1 CSV, references between files
select
    t.file,
    t.record,
    t.sourcedId,
    'classSourcedId' as field,
    t.value
from -- grain: one row per row of enrollments that names a record in classSourcedId
(
    select
        r.file,
        r.record,
        r.sourcedId,
        r."classSourcedId" as value
    from "enrollments" as r
    where r."classSourcedId" is not null
)
 as t
anti join "standing_classes" as s on t.value = s.sourcedId
anti join "classes" as f on t.value = f.sourcedId
;

-- enrollments.classSourcedId.set_aside
-- severity: error
-- optional: warning
-- title: classSourcedId names a record whose own row was set aside
-- meaning: The record of classes that this row needs is in the delivery, but its row could not be used and nothing was published for it before. This is a consequence of that problem, not one of its own.
-- repair: Repair the row of classes; this one then follows by itself.
-- who: district
-- source: Rollbook, design "one finding per cause"
select
    t.file,
    t.record,
    t.sourcedId,
    'classSourcedId' as field,
    t.value
from -- grain: one row per row of enrollments that names a record in classSourcedId
(
    select
        r.file,
        r.record,
        r.sourcedId,
        r."classSourcedId" as value
    from "enrollments" as r
    where r."classSourcedId" is not null
)
 as t
anti join "standing_classes" as s on t.value = s.sourcedId
semi join "classes" as f on t.value = f.sourcedId
;

-- enrollments.schoolSourcedId.unknown
-- severity: error
-- optional: warning
-- title: schoolSourcedId names a record that is not there
-- meaning: schoolSourcedId must name a record of orgs, and neither this delivery nor the published roster has one with this id. A row that needs it was set aside; where it is optional the link was left out, or the published one stays.
-- repair: Export the missing record of orgs too, or correct the id in the SIS.
-- who: district
-- source: OneRoster 1.1 CSV, references between files
select
    t.file,
    t.record,
    t.sourcedId,
    'schoolSourcedId' as field,
    t.value
from -- grain: one row per row of enrollments that names a record in schoolSourcedId
(
    select
        r.file,
        r.record,
        r.sourcedId,
        r."schoolSourcedId" as value
    from "enrollments" as r
    where r."schoolSourcedId" is not null
)
 as t
anti join "standing_orgs" as s on t.value = s.sourcedId
anti join "orgs" as f on t.value = f.sourcedId
;

-- enrollments.schoolSourcedId.set_aside
-- severity: error
-- optional: warning
-- title: schoolSourcedId names a record whose own row was set aside
-- meaning: The record of orgs that this row needs is in the delivery, but its row could not be used and nothing was published for it before. This is a consequence of that problem, not one of its own.
-- repair: Repair the row of orgs; this one then follows by itself.
-- who: district
-- source: Rollbook, design "one finding per cause"
select
    t.file,
    t.record,
    t.sourcedId,
    'schoolSourcedId' as field,
    t.value
from -- grain: one row per row of enrollments that names a record in schoolSourcedId
(
    select
        r.file,
        r.record,
        r.sourcedId,
        r."schoolSourcedId" as value
    from "enrollments" as r
    where r."schoolSourcedId" is not null
)
 as t
anti join "standing_orgs" as s on t.value = s.sourcedId
semi join "orgs" as f on t.value = f.sourcedId
;

-- enrollments.userSourcedId.unknown
-- severity: error
-- optional: warning
-- title: userSourcedId names a record that is not there
-- meaning: userSourcedId must name a record of users, and neither this delivery nor the published roster has one with this id. A row that needs it was set aside; where it is optional the link was left out, or the published one stays.
-- repair: Export the missing record of users too, or correct the id in the SIS.
-- who: district
-- source: OneRoster 1.1 CSV, references between files
select
    t.file,
    t.record,
    t.sourcedId,
    'userSourcedId' as field,
    t.value
from -- grain: one row per row of enrollments that names a record in userSourcedId
(
    select
        r.file,
        r.record,
        r.sourcedId,
        r."userSourcedId" as value
    from "enrollments" as r
    where r."userSourcedId" is not null
)
 as t
anti join "standing_users" as s on t.value = s.sourcedId
anti join "users" as f on t.value = f.sourcedId
;

-- enrollments.userSourcedId.set_aside
-- severity: error
-- optional: warning
-- title: userSourcedId names a record whose own row was set aside
-- meaning: The record of users that this row needs is in the delivery, but its row could not be used and nothing was published for it before. This is a consequence of that problem, not one of its own.
-- repair: Repair the row of users; this one then follows by itself.
-- who: district
-- source: Rollbook, design "one finding per cause"
select
    t.file,
    t.record,
    t.sourcedId,
    'userSourcedId' as field,
    t.value
from -- grain: one row per row of enrollments that names a record in userSourcedId
(
    select
        r.file,
        r.record,
        r.sourcedId,
        r."userSourcedId" as value
    from "enrollments" as r
    where r."userSourcedId" is not null
)
 as t
anti join "standing_users" as s on t.value = s.sourcedId
semi join "users" as f on t.value = f.sourcedId
;

-- demographics.sourcedId.missing
-- severity: error
-- title: sourcedId is missing
-- meaning: Every row of demographics needs sourcedId, and this one leaves it empty, so the row was set aside. A record that was published before stays as it was.
-- repair: Fill in the value in the SIS and export again.
-- who: district
-- source: OneRoster 1.1 CSV, table demographics, required fields
select
    t.file,
    t.record,
    t.sourcedId,
    'sourcedId' as field,
    null as value
from "demographics" as t
where t."sourcedId" is null
;

-- demographics.sourcedId.too_long
-- severity: error
-- title: sourcedId is longer than 255 characters
-- meaning: An id has 1 to 255 characters. This one is longer, which usually means that two columns ran together, so the row was set aside.
-- repair: Look at the row in the export; the SIS vendor corrects the id.
-- who: SIS vendor
-- source: OneRoster 1.1 CSV, data type GUID
select
    t.file,
    t.record,
    t.sourcedId,
    'sourcedId' as field,
    left(t."sourcedId", 100) as value
from "demographics" as t
where length(t."sourcedId") > 255
;

-- demographics.sourcedId.unusual_id
-- severity: warning
-- title: sourcedId has characters that ids should not have
-- meaning: The standard allows letters, digits and . - _ / @ in ids. The record is used as it is, but some applications may stumble over it.
-- repair: Nothing has to be done. If an application reports trouble with this record, ask the SIS vendor for plain ids.
-- who: SIS vendor
-- source: OneRoster 1.1 CSV, data type GUID
select
    t.file,
    t.record,
    t.sourcedId,
    'sourcedId' as field,
    t."sourcedId" as value
from "demographics" as t
where not regexp_full_match(t."sourcedId", '[0-9a-zA-Z./_@-]+')
;

-- demographics.sourcedId.duplicate
-- severity: error
-- title: The same sourcedId stands in rows that differ
-- meaning: Two or more rows claim one id and say different things. What was published before stays as it was; where nothing was, the first row counts.
-- repair: Find out in the SIS which row is right and remove the other, or give each record an id of its own.
-- who: district
-- source: OneRoster 1.1 CSV, sourcedId is unique within a file
with repeated as (
    select r.sourcedId
    from "demographics" as r
    where r.sourcedId is not null
    group by r.sourcedId
    having count(*) > 1
),

differing as (
    select t.sourcedId
    from "demographics" as t
    semi join repeated as r on t.sourcedId = r.sourcedId
    group by t.sourcedId
    having count(distinct row(t."sourcedId", t."birthDate", t."sex", t."americanIndianOrAlaskaNative", t."asian", t."blackOrAfricanAmerican", t."nativeHawaiianOrOtherPacificIslander", t."white", t."demographicRaceTwoOrMoreRaces", t."hispanicOrLatinoEthnicity", t."countryOfBirthCode", t."stateOfBirthAbbreviation", t."cityOfBirth", t."publicSchoolResidenceStatus", t.metadata, coalesce(t.status, 'active'))) > 1
)

select
    t.file,
    t.record,
    t.sourcedId,
    'sourcedId' as field,
    t.sourcedId as value
from "demographics" as t
semi join differing as d on t.sourcedId = d.sourcedId
;

-- demographics.sourcedId.repeated
-- severity: info
-- title: A row is there more than once
-- meaning: The same row stands in the file again, to the letter. It was read once, and nothing is lost.
-- repair: Nothing has to be done. If it bothers you, ask the SIS vendor why rows repeat.
-- who: SIS vendor
-- source: OneRoster 1.1 CSV, sourcedId is unique within a file
with repeated as (
    select
        r.sourcedId,
        min(r.record) as first_record
    from "demographics" as r
    where r.sourcedId is not null
    group by r.sourcedId
    having count(*) > 1
),

identical as (
    select
        t.sourcedId,
        any_value(r.first_record) as first_record
    from "demographics" as t
    inner join repeated as r on t.sourcedId = r.sourcedId
    group by t.sourcedId
    having count(distinct row(t."sourcedId", t."birthDate", t."sex", t."americanIndianOrAlaskaNative", t."asian", t."blackOrAfricanAmerican", t."nativeHawaiianOrOtherPacificIslander", t."white", t."demographicRaceTwoOrMoreRaces", t."hispanicOrLatinoEthnicity", t."countryOfBirthCode", t."stateOfBirthAbbreviation", t."cityOfBirth", t."publicSchoolResidenceStatus", t.metadata, coalesce(t.status, 'active'))) = 1
)

select
    t.file,
    t.record,
    t.sourcedId,
    'sourcedId' as field,
    t.sourcedId as value
from "demographics" as t
inner join identical as i on t.sourcedId = i.sourcedId
where t.record > i.first_record
;

-- demographics.status.unknown_value
-- severity: error
-- optional: warning
-- title: status has a value that the standard does not know
-- meaning: status must be one of: active, tobedeleted. A row that needs the value was set aside; where it is optional the published value stays, or there is none.
-- repair: Map the SIS's own word to one of the allowed ones in its OneRoster export, then export again.
-- who: SIS vendor
-- source: OneRoster 1.1 CSV, vocabularies
select
    t.file,
    t.record,
    t.sourcedId,
    'status' as field,
    t."status" as value
from "demographics" as t
where t."status" not in ('active', 'tobedeleted')
;

-- demographics.birthDate.not_a_date
-- severity: error
-- optional: warning
-- title: birthDate is not a date
-- meaning: A date is written 2026-08-17 and must be a day of the calendar. A row that needs the date was set aside; where it is optional the published value stays, or there is none.
-- repair: Correct the date in the SIS, or set its export to write dates as year-month-day.
-- who: district
-- source: OneRoster 1.1 CSV, data type date
select
    t.file,
    t.record,
    t.sourcedId,
    'birthDate' as field,
    t."birthDate" as value
from "demographics" as t
where
    t."birthDate" is not null
    and (
        not regexp_full_match(t."birthDate", '\d\d\d\d-\d\d-\d\d')
        or try_cast(t."birthDate" as date) is null
        or t."birthDate" < '0001'
    )
;

-- demographics.sex.unknown_value
-- severity: error
-- optional: warning
-- title: sex has a value that the standard does not know
-- meaning: sex must be one of: male, female. A row that needs the value was set aside; where it is optional the published value stays, or there is none.
-- repair: Map the SIS's own word to one of the allowed ones in its OneRoster export, then export again.
-- who: SIS vendor
-- source: OneRoster 1.1 CSV, vocabularies
select
    t.file,
    t.record,
    t.sourcedId,
    'sex' as field,
    t."sex" as value
from "demographics" as t
where t."sex" not in ('male', 'female')
;

-- demographics.americanIndianOrAlaskaNative.unknown_value
-- severity: error
-- optional: warning
-- title: americanIndianOrAlaskaNative has a value that the standard does not know
-- meaning: americanIndianOrAlaskaNative must be one of: true, false. A row that needs the value was set aside; where it is optional the published value stays, or there is none.
-- repair: Map the SIS's own word to one of the allowed ones in its OneRoster export, then export again.
-- who: SIS vendor
-- source: OneRoster 1.1 CSV, vocabularies
select
    t.file,
    t.record,
    t.sourcedId,
    'americanIndianOrAlaskaNative' as field,
    t."americanIndianOrAlaskaNative" as value
from "demographics" as t
where t."americanIndianOrAlaskaNative" not in ('true', 'false')
;

-- demographics.asian.unknown_value
-- severity: error
-- optional: warning
-- title: asian has a value that the standard does not know
-- meaning: asian must be one of: true, false. A row that needs the value was set aside; where it is optional the published value stays, or there is none.
-- repair: Map the SIS's own word to one of the allowed ones in its OneRoster export, then export again.
-- who: SIS vendor
-- source: OneRoster 1.1 CSV, vocabularies
select
    t.file,
    t.record,
    t.sourcedId,
    'asian' as field,
    t."asian" as value
from "demographics" as t
where t."asian" not in ('true', 'false')
;

-- demographics.blackOrAfricanAmerican.unknown_value
-- severity: error
-- optional: warning
-- title: blackOrAfricanAmerican has a value that the standard does not know
-- meaning: blackOrAfricanAmerican must be one of: true, false. A row that needs the value was set aside; where it is optional the published value stays, or there is none.
-- repair: Map the SIS's own word to one of the allowed ones in its OneRoster export, then export again.
-- who: SIS vendor
-- source: OneRoster 1.1 CSV, vocabularies
select
    t.file,
    t.record,
    t.sourcedId,
    'blackOrAfricanAmerican' as field,
    t."blackOrAfricanAmerican" as value
from "demographics" as t
where t."blackOrAfricanAmerican" not in ('true', 'false')
;

-- demographics.nativeHawaiianOrOtherPacificIslander.unknown_value
-- severity: error
-- optional: warning
-- title: nativeHawaiianOrOtherPacificIslander has a value that the standard does not know
-- meaning: nativeHawaiianOrOtherPacificIslander must be one of: true, false. A row that needs the value was set aside; where it is optional the published value stays, or there is none.
-- repair: Map the SIS's own word to one of the allowed ones in its OneRoster export, then export again.
-- who: SIS vendor
-- source: OneRoster 1.1 CSV, vocabularies
select
    t.file,
    t.record,
    t.sourcedId,
    'nativeHawaiianOrOtherPacificIslander' as field,
    t."nativeHawaiianOrOtherPacificIslander" as value
from "demographics" as t
where t."nativeHawaiianOrOtherPacificIslander" not in ('true', 'false')
;

-- demographics.white.unknown_value
-- severity: error
-- optional: warning
-- title: white has a value that the standard does not know
-- meaning: white must be one of: true, false. A row that needs the value was set aside; where it is optional the published value stays, or there is none.
-- repair: Map the SIS's own word to one of the allowed ones in its OneRoster export, then export again.
-- who: SIS vendor
-- source: OneRoster 1.1 CSV, vocabularies
select
    t.file,
    t.record,
    t.sourcedId,
    'white' as field,
    t."white" as value
from "demographics" as t
where t."white" not in ('true', 'false')
;

-- demographics.demographicRaceTwoOrMoreRaces.unknown_value
-- severity: error
-- optional: warning
-- title: demographicRaceTwoOrMoreRaces has a value that the standard does not know
-- meaning: demographicRaceTwoOrMoreRaces must be one of: true, false. A row that needs the value was set aside; where it is optional the published value stays, or there is none.
-- repair: Map the SIS's own word to one of the allowed ones in its OneRoster export, then export again.
-- who: SIS vendor
-- source: OneRoster 1.1 CSV, vocabularies
select
    t.file,
    t.record,
    t.sourcedId,
    'demographicRaceTwoOrMoreRaces' as field,
    t."demographicRaceTwoOrMoreRaces" as value
from "demographics" as t
where t."demographicRaceTwoOrMoreRaces" not in ('true', 'false')
;

-- demographics.hispanicOrLatinoEthnicity.unknown_value
-- severity: error
-- optional: warning
-- title: hispanicOrLatinoEthnicity has a value that the standard does not know
-- meaning: hispanicOrLatinoEthnicity must be one of: true, false. A row that needs the value was set aside; where it is optional the published value stays, or there is none.
-- repair: Map the SIS's own word to one of the allowed ones in its OneRoster export, then export again.
-- who: SIS vendor
-- source: OneRoster 1.1 CSV, vocabularies
select
    t.file,
    t.record,
    t.sourcedId,
    'hispanicOrLatinoEthnicity' as field,
    t."hispanicOrLatinoEthnicity" as value
from "demographics" as t
where t."hispanicOrLatinoEthnicity" not in ('true', 'false')
;

-- demographics.sourcedId.unknown
-- severity: error
-- optional: warning
-- title: sourcedId names a record that is not there
-- meaning: sourcedId must name a record of users, and neither this delivery nor the published roster has one with this id. A row that needs it was set aside; where it is optional the link was left out, or the published one stays.
-- repair: Export the missing record of users too, or correct the id in the SIS.
-- who: district
-- source: OneRoster 1.1 CSV, references between files
select
    t.file,
    t.record,
    t.sourcedId,
    'sourcedId' as field,
    t.value
from -- grain: one row per row of demographics that names a record in sourcedId
(
    select
        r.file,
        r.record,
        r.sourcedId,
        r."sourcedId" as value
    from "demographics" as r
    where r."sourcedId" is not null
)
 as t
anti join "standing_users" as s on t.value = s.sourcedId
anti join "users" as f on t.value = f.sourcedId
;

-- demographics.sourcedId.set_aside
-- severity: error
-- optional: warning
-- title: sourcedId names a record whose own row was set aside
-- meaning: The record of users that this row needs is in the delivery, but its row could not be used and nothing was published for it before. This is a consequence of that problem, not one of its own.
-- repair: Repair the row of users; this one then follows by itself.
-- who: district
-- source: Rollbook, design "one finding per cause"
select
    t.file,
    t.record,
    t.sourcedId,
    'sourcedId' as field,
    t.value
from -- grain: one row per row of demographics that names a record in sourcedId
(
    select
        r.file,
        r.record,
        r.sourcedId,
        r."sourcedId" as value
    from "demographics" as r
    where r."sourcedId" is not null
)
 as t
anti join "standing_users" as s on t.value = s.sourcedId
semi join "users" as f on t.value = f.sourcedId
;
