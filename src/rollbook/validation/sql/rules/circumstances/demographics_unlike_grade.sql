-- demographics.birthDate.unlike_grade
-- severity: info
-- title: A student's age does not fit the grade
-- meaning: The student is at least five years older or younger than is usual in the grade. Perhaps two students were mistaken for one another.
-- repair: Look at the birth date and the grade in the SIS.
-- who: district
-- source: Rollbook, plausibility of dates
t.kind = 'student'
and t.age between 2 and 25
and abs(t.age - 6 - if(t.grades = 'KG', 0, try_cast(t.grades as integer))) > 4
and (t.grades = 'KG' or regexp_full_match(t.grades, '0\d|1[0-2]'))
