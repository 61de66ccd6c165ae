-- grain: one row per student with a race
create or replace temp table race_letters as
with letters as (
    select
        d.sourcedId,
        list_filter(
            [
                if(d.asian = 'true', 'A', null),
                if(d.blackOrAfricanAmerican = 'true', 'B', null),
                if(d.americanIndianOrAlaskaNative = 'true', 'I', null),
                if(d.nativeHawaiianOrOtherPacificIslander = 'true', 'P', null),
                if(d.white = 'true', 'W', null)
            ],
            lambda letter: letter is not null
        ) as letters
    from given_demographics as d
)

select l.*
from letters as l
where len(l.letters) > 0
