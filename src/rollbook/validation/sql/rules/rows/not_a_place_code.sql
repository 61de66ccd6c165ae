-- {resource}.{field}.not_a_place_code
-- applies: demographics.countryOfBirthCode demographics.stateOfBirthAbbreviation
-- severity: info
-- title: A place of birth is no code
-- meaning: Countries and states are given by two or three capital letters, US or CA. The word is kept as it is. One finding stands for all rows with this word.
-- repair: Nothing has to be done. Ask the SIS vendor for codes if an application needs them.
-- who: SIS vendor
-- source: ISO 3166; CEDS, State Abbreviation
select
    min(t.file) as file,
    min(t.record) as record,
    arg_min(t.sourcedId, t.record) as sourcedId,
    '{field}' as field,
    t."{field}" as value,
    count(*) as rows
from "{resource}" as t
where not regexp_full_match(t."{field}", '[A-Z]{2,3}')
group by t."{field}"
