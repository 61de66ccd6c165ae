-- grain: one row per student and contact, at most five; one for a student without contacts
-- source: Clever CSV, students.csv: the row of the student is repeated for each contact
select
    coalesce(h.sourcedId, t.school) as "School_id",
    t.sourcedId as "Student_id",
    t.identifier as "Student_number",
    coalesce(
        {metadata[State_id]},
        nullif(regexp_extract(t.userIds, '(?i)\{{state[^:}}]*:([^}}]*)\}}', 1), '')
    ) as "State_id",
    t.familyName as "Last_name",
    t.middleName as "Middle_name",
    t.givenName as "First_name",
    coalesce(
        {metadata[clever.grade]},
        g.clever,
        trim(split_part(t.grades, ',', 1))
    ) as "Grade",
    coalesce(
        {metadata[clever.gender]},
        case d.sex
            when 'male' then 'M'
            when 'female' then 'F'
            when 'other' then 'X'
            when 'unspecified' then 'X'
        end
    ) as "Gender",
    {metadata[Graduation_year]} as "Graduation_year",
    strftime(try_cast(d.birthDate as date), '%m/%d/%Y') as "DOB",
    coalesce(
        {metadata[clever.race]},
        case
            when d.demographicRaceTwoOrMoreRaces = 'true' or list_count(r.letters) > 1 then 'M'
            else r.letters[1]
        end
    ) as "Race",
    case d.hispanicOrLatinoEthnicity
        when 'true' then 'Y'
        when 'false' then 'N'
    end as "Hispanic_Latino",
    {metadata[Home_language]} as "Home_language",
    {metadata[Ell_status]} as "Ell_status",
    {metadata[Frl_status]} as "Frl_status",
    {metadata[IEP_status]} as "IEP_status",
    {metadata[Student_street]} as "Student_street",
    {metadata[Student_city]} as "Student_city",
    {metadata[Student_state]} as "Student_state",
    {metadata[Student_zip]} as "Student_zip",
    t.email as "Student_email",
    c.relationship as "Contact_relationship",
    c.type as "Contact_type",
    c.name as "Contact_name",
    c.phone as "Contact_phone",
    c.phone_type as "Contact_phone_type",
    c.email as "Contact_email",
    c.id as "Contact_sis_id",
    t.username as "Username",
    {metadata[Unweighted_gpa]} as "Unweighted_gpa",
    {metadata[Weighted_gpa]} as "Weighted_gpa",
    t.preferredGivenName as "preferred_first_name",
    t.preferredMiddleName as "preferred_middle_name",
    t.preferredFamilyName as "preferred_last_name",
    {metadata[gifted_status]} as "gifted_status",
    {metadata[section_504_status]} as "section_504_status",
    {metadata[disability_status]} as "disability_status",
    {metadata[disability_type]} as "disability_type",
    {metadata[disability_code]} as "disability_code",
    {metadata[home_language_code]} as "home_language_code"
    {rest}
from written_students as t
left join written_schools as h on t.metadata ->> '/clever.school_id' = h.sourcedId
left join given_demographics as d on t.sourcedId = d.sourcedId
left join race_letters as r on t.sourcedId = r.sourcedId
left join crosswalk_grades as g on trim(split_part(t.grades, ',', 1)) = g.ceds
left join written_relations as c on t.sourcedId = c.student
order by t.sourcedId, c.number
