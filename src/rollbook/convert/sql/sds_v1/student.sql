-- grain: one row per student
-- source: Microsoft School Data Sync, V1 CSV
select
    t.sourcedId as "SIS ID",
    t.school as "School SIS ID",
    t.givenName as "First Name",
    t.familyName as "Last Name",
    t.username as "Username",
    {metadata[State ID]} as "State ID",
    t.email as "Secondary Email",
    t.identifier as "Student Number",
    t.middleName as "Middle Name",
    trim(split_part(t.grades, ',', 1)) as "Grade",
    if(t.enabledUser = 'false', 'Inactive', 'Active') as "Status",
    strftime(try_cast(d.birthDate as date), '%-m/%-d/%Y') as "Birthdate",
    {metadata[Graduation Year]} as "Graduation Year"
from written_students as t
left join given_demographics as d on t.sourcedId = d.sourcedId
order by t.sourcedId
