-- grain: one row per teacher
-- source: Microsoft School Data Sync, V1 CSV
select
    t.sourcedId as "SIS ID",
    t.school as "School SIS ID",
    t.givenName as "First Name",
    t.familyName as "Last Name",
    t.username as "Username",
    {metadata[State ID]} as "State ID",
    t.identifier as "Teacher Number",
    if(t.enabledUser = 'false', 'Inactive', 'Active') as "Status",
    t.middleName as "Middle Name",
    t.email as "Secondary Email",
    {metadata[Title]} as "Title",
    {metadata[Qualification]} as "Qualification"
from written_teachers as t
order by t.sourcedId
