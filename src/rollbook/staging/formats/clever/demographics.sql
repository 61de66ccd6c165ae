-- grain: one row per student as the file tells them, where it tells something of this kind
with sexes as (
    select
        s.Gender as raw,
        x.sex
    from (select distinct Gender from clever_students) as s
    inner join crosswalk.sexes as x on word_of(s.Gender) = x.word
),

races as (
    select
        s.Race as raw,
        x.race
    from (select distinct Race from clever_students) as s
    inner join crosswalk.races as x on word_of(s.Race) = x.word
),

meals as (
    select
        s.Frl_status as raw,
        x.meals
    from (select distinct Frl_status from clever_students) as s
    inner join crosswalk.meals as x on word_of(s.Frl_status) = x.word
),

origins as (
    select
        s.Hispanic_Latino as raw,
        x.truth
    from (select distinct Hispanic_Latino from clever_students) as s
    inner join crosswalk.booleans as x on word_of(s.Hispanic_Latino) = x.word
),

told as (
    select
        s.file,
        s.record,
        s.Student_id,
        coalesce(d.iso, s.DOB) as birthDate,
        coalesce(x.sex, s.Gender) as sex,
        nullif(r.race, 'hispanicOrLatinoEthnicity') as race,
        coalesce(b.truth, s.Hispanic_Latino, if(r.race = 'hispanicOrLatinoEthnicity', 'true', null)) as hispanic,
        concat_ws(
            ',',
            member('clever.gender', if(s.Gender <> x.sex, s.Gender, null)),
            member('clever.race', s.Race),
            member('clever.home_language', s.Home_language),
            member('clever.home_language_code', s.Home_language_code),
            member('clever.ell_status', s.Ell_status),
            member('clever.frl_status', s.Frl_status),
            member('meals', m.meals),
            member('clever.iep_status', s.IEP_status),
            member('clever.gifted_status', s.Gifted_status),
            member('clever.section_504_status', s.Section_504_status),
            member('clever.disability_status', s.Disability_status),
            member('clever.disability_type', s.Disability_type),
            member('clever.disability_code', s.Disability_code),
            member('clever.student_street', s.Student_street),
            member('clever.student_city', s.Student_city),
            member('clever.student_state', s.Student_state),
            member('clever.student_zip', s.Student_zip),
            member('clever.unweighted_gpa', s.Unweighted_gpa),
            member('clever.weighted_gpa', s.Weighted_gpa)
        ) as members
    from clever_students as s
    semi join adapted.student_keys as k on s.record = k.record
    left join adapted.dates as d on s.DOB = d.raw
    left join sexes as x on s.Gender = x.raw
    left join races as r on s.Race = r.raw
    left join meals as m on s.Frl_status = m.raw
    left join origins as b on s.Hispanic_Latino = b.raw
),

repeated as (
    select k.Student_id
    from adapted.student_keys as k
    group by k.Student_id
    having count(*) > 1
),

-- Rows that tell the same of a student's origin may differ in other things.
versions as (
    select t.*
    from told as t
    anti join repeated as r on t.Student_id = r.Student_id
    union all by name
    select
        any_value(t.file) as file,
        min(t.record) as record,
        t.* exclude (file, record)
    from told as t
    semi join repeated as r on t.Student_id = r.Student_id
    group by all
)

select
    place(2, v.record, 0) as row,
    v.file,
    v.record,
    v.Student_id as sourcedId,
    v.birthDate,
    v.sex,
    (v.race = 'americanIndianOrAlaskaNative')::varchar as americanIndianOrAlaskaNative,
    (v.race = 'asian')::varchar as asian,
    (v.race = 'blackOrAfricanAmerican')::varchar as blackOrAfricanAmerican,
    (v.race = 'nativeHawaiianOrOtherPacificIslander')::varchar as nativeHawaiianOrOtherPacificIslander,
    (v.race = 'white')::varchar as white,
    (v.race = 'demographicRaceTwoOrMoreRaces')::varchar as demographicRaceTwoOrMoreRaces,
    v.hispanic as hispanicOrLatinoEthnicity,
    object_of(v.members) as metadata
from versions as v
where
    v.Student_id is not null
    and coalesce(v.birthDate, v.sex, v.race, v.hispanic, nullif(v.members, '')) is not null
