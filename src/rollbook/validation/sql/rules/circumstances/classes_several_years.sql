-- classes.termSourcedIds.several_years
-- severity: warning
-- title: The terms of a class are of different school years
-- meaning: A class belongs to one school year; when the next begins, it is another class. Here last year's people and work would meet this year's.
-- repair: Correct the terms of the class in the SIS.
-- who: district
-- source: Rollbook, design "A class id used again next school year"
t.years > 1
