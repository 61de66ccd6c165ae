-- {resource}.{field}.spreadsheet_number
-- applies: id users.identifier users.username orgs.identifier courses.courseCode classes.classCode
-- severity: warning
-- title: {field} looks like a number that a spreadsheet program rewrote
-- meaning: 1.23457E+11 or 1001.0 is what remains of an id when the file was opened and saved in a spreadsheet program. Ids that were different before may be the same now.
-- repair: Take the file from the SIS again and send it unopened. Leading zeros are probably lost as well.
-- who: district
-- source: failures.md F1
case
    when contains(t."{field}", 'E+') then regexp_full_match(t."{field}", '\d([.,]\d+)?E\+\d+')
    when ends_with(t."{field}", '.0') then regexp_full_match(t."{field}", '\d+\.0')
end
