-- grain: one row per user with demographics
-- source: Microsoft School Data Sync, V2.1 CSV
select
    t.sourcedId as "userSourcedId",
    t.sex,
    t.birthDate,
    t.cityOfBirth as "birthCity",
    t.stateOfBirthAbbreviation as "birthState",
    t.countryOfBirthCode as "birthCountry",
    if(t.hispanicOrLatinoEthnicity = 'true', 'hispanicOrLatinoEthnicity', null)
        as "ethnicityCodes",
    nullif(
        concat_ws(
            ',',
            if(t.americanIndianOrAlaskaNative = 'true', 'americanIndianOrAlaskaNative', null),
            if(t.asian = 'true', 'asian', null),
            if(t.blackOrAfricanAmerican = 'true', 'blackOrAfricanAmerican', null),
            if(
                t.nativeHawaiianOrOtherPacificIslander = 'true',
                'nativeHawaiianOrOtherPacificIslander',
                null
            ),
            if(t.white = 'true', 'white', null),
            if(t.demographicRaceTwoOrMoreRaces = 'true', 'demographicRaceTwoOrMoreRaces', null)
        ),
        ''
    ) as "raceCodes"
from given_demographics as t
order by t.row
