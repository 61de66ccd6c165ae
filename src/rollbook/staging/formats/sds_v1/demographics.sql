-- grain: one row per student, where the file tells something of this kind
with told as (
    select
        s.file,
        s.record,
        s."SIS ID" as id,
        coalesce(d.iso, s.Birthdate) as birthDate,
        coalesce(x.sex, s.Gender) as sex,
        r.race,
        concat_ws(
            ',',
            member('microsoft.gender', if(s.Gender <> x.sex, s.Gender, null)),
            member('microsoft.federal_race', s.FederalRace),
            member('microsoft.ell_status', s."ELL Status"),
            member('microsoft.frl', s.FRL),
            member('meals', m.meals),
            member('microsoft.mailing_address', s."Mailing Address"),
            member('microsoft.mailing_city', s."Mailing City"),
            member('microsoft.mailing_state', s."Mailing State"),
            member('microsoft.mailing_zip', s."Mailing Zip"),
            member('microsoft.mailing_latitude', s."Mailing Latitude"),
            member('microsoft.mailing_longitude', s."Mailing Longitude"),
            member('microsoft.mailing_country', s."Mailing Country"),
            member('microsoft.residence_address', s."Residence Address"),
            member('microsoft.residence_city', s."Residence City"),
            member('microsoft.residence_state', s."Residence State"),
            member('microsoft.residence_zip', s."Residence Zip"),
            member('microsoft.residence_latitude', s."Residence Latitude"),
            member('microsoft.residence_longitude', s."Residence Longitude"),
            member('microsoft.residence_country', s."Residence Country")
        ) as members
    from sds_v1_student as s
    left join adapted.dates as d on s.Birthdate = d.raw
    left join crosswalk.sexes as x on word_of(s.Gender) = x.word
    left join crosswalk.races as r on word_of(s.FederalRace) = r.word
    left join crosswalk.meals as m on word_of(s.FRL) = m.word
),

versions as (
    select
        any_value(t.file) as file,
        min(t.record) as record,
        t.* exclude (file, record)
    from told as t
    where t.id is not null and coalesce(t.birthDate, t.sex, t.race, nullif(t.members, '')) is not null
    group by all
)

select
    v.record as row,
    v.file,
    v.record,
    v.id as sourcedId,
    v.birthDate,
    v.sex,
    if(v.race = 'americanIndianOrAlaskaNative', 'true', null) as americanIndianOrAlaskaNative,
    if(v.race = 'asian', 'true', null) as asian,
    if(v.race = 'blackOrAfricanAmerican', 'true', null) as blackOrAfricanAmerican,
    if(v.race = 'nativeHawaiianOrOtherPacificIslander', 'true', null) as nativeHawaiianOrOtherPacificIslander,
    if(v.race = 'white', 'true', null) as white,
    if(v.race = 'demographicRaceTwoOrMoreRaces', 'true', null) as demographicRaceTwoOrMoreRaces,
    if(v.race = 'hispanicOrLatinoEthnicity', 'true', null) as hispanicOrLatinoEthnicity,
    object_of(v.members) as metadata
from versions as v
