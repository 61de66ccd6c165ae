-- demographics.demographicRaceTwoOrMoreRaces.contradicted
-- severity: warning
-- title: "Two or more races" does not agree with the single ones
-- meaning: It is false though two or more are true, or true though exactly one is and the others are false. Reports by race will count this person wrongly.
-- repair: Correct the entries in the SIS. If it is systematic, ask the SIS vendor how the column is filled.
-- who: district
-- source: OneRoster CSV, demographics
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
