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

-- academicSessions.endDate.ends_before_start
from "academicSessions" as t
where
try_cast(t.endDate as date) <= try_cast(t.startDate as date)
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
and try_cast(t."startDate" as date)::varchar is distinct from t."startDate"
;

-- academicSessions.endDate.not_a_date
from "academicSessions" as t
where
t."endDate" is not null
and try_cast(t."endDate" as date)::varchar is distinct from t."endDate"
;

-- academicSessions.schoolYear.not_a_year
from "academicSessions" as t
where
not regexp_full_match(t."schoolYear", '[12]\d\d\d')
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

-- classes.sourcedId.no_teacher
select
    c.row,
    c.file,
    c.record,
    c.sourcedId,
    'sourcedId' as field,
    c.sourcedId as value
from live_classes as c
anti join (
    select e.classSourcedId
    from live_enrollments as e
    where e.role = 'teacher'
) as t on c.sourcedId = t.classSourcedId
where c.record is not null
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

-- users.orgSourcedIds.missing
from "users" as t
where
t."orgSourcedIds" is null
and ('orgSourcedIds' = 'sourcedId' or coalesce(t.status, 'active') <> 'tobedeleted')
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

-- users.sourcedId.too_long
from "users" as t
where
length(t."sourcedId") > 255
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
and try_cast(t."beginDate" as date)::varchar is distinct from t."beginDate"
;

-- roles.endDate.not_a_date
from "roles" as t
where
t."endDate" is not null
and try_cast(t."endDate" as date)::varchar is distinct from t."endDate"
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
and try_cast(t."beginDate" as date)::varchar is distinct from t."beginDate"
;

-- enrollments.endDate.not_a_date
from "enrollments" as t
where
t."endDate" is not null
and try_cast(t."endDate" as date)::varchar is distinct from t."endDate"
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
and try_cast(t."birthDate" as date)::varchar is distinct from t."birthDate"
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
