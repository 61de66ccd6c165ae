-- grain: one row per row of demographics.csv, and one per user who has flags alone
with flags as (
    select
        f.userSourcedId,
        string_agg(distinct f.flag, ',' order by f.flag) as flags,
        min(f.file) as file,
        min(f.record) as record
    from sds_v2_1_userflags as f
    where f.userSourcedId is not null and f.flag is not null
    group by f.userSourcedId
),

codes as (
    select
        d.record,
        unnest(regexp_split_to_array(concat_ws(',', d.ethnicityCodes, d.raceCodes), '[,;|]')) as code
    from sds_v2_1_demographics as d
),

races as (
    select
        c.record,
        list(w.race) filter (where w.race is not null) as races,
        bool_and(w.race is not null) as are_known
    from codes as c
    left join crosswalk.races as w on word_of(c.code) = w.word
    group by c.record
)

select
    d.record as row,
    d.file,
    d.record,
    d.userSourcedId as sourcedId,
    coalesce(b.iso, d.birthDate) as birthDate,
    coalesce(x.sex, d.sex) as sex,
    if(list_contains(r.races, 'americanIndianOrAlaskaNative'), 'true', null) as americanIndianOrAlaskaNative,
    if(list_contains(r.races, 'asian'), 'true', null) as asian,
    if(list_contains(r.races, 'blackOrAfricanAmerican'), 'true', null) as blackOrAfricanAmerican,
    if(list_contains(r.races, 'nativeHawaiianOrOtherPacificIslander'), 'true', null)
        as nativeHawaiianOrOtherPacificIslander,
    if(list_contains(r.races, 'white'), 'true', null) as white,
    if(list_contains(r.races, 'demographicRaceTwoOrMoreRaces'), 'true', null) as demographicRaceTwoOrMoreRaces,
    if(list_contains(r.races, 'hispanicOrLatinoEthnicity'), 'true', null) as hispanicOrLatinoEthnicity,
    d.birthCountry as countryOfBirthCode,
    d.birthState as stateOfBirthAbbreviation,
    d.birthCity as cityOfBirth,
    object_of(
        concat_ws(
            ',',
            member('microsoft.userFlags', f.flags),
            member('microsoft.ethnicityCodes', if(r.are_known, null, d.ethnicityCodes)),
            member('microsoft.raceCodes', if(r.are_known, null, d.raceCodes)),
            unknown_members(d.ext)
        )
    ) as metadata
from sds_v2_1_demographics as d
left join races as r on d.record = r.record
left join adapted.dates as b on d.birthDate = b.raw
left join crosswalk.sexes as x on word_of(d.sex) = x.word
left join flags as f on d.userSourcedId = f.userSourcedId
union all by name
select
    place(1, f.record, 0) as row,
    f.file,
    f.record,
    f.userSourcedId as sourcedId,
    object_of(member('microsoft.userFlags', f.flags)) as metadata
from flags as f
anti join sds_v2_1_demographics as d on f.userSourcedId = d.userSourcedId
