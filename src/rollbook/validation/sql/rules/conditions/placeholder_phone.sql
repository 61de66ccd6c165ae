-- {resource}.{field}.placeholder_phone
-- applies: users.sms users.phone
-- severity: warning
-- title: {field} is a number that nobody has
-- meaning: One digit over and over, or 1234567, is typed in where a form insists on a number. In an emergency it reaches nobody.
-- repair: Empty the field in the SIS, or enter the true number.
-- who: district
-- source: Rollbook, seen in the field
regexp_matches(t."{field}", '000|111|222|333|444|555|666|777|888|999|123')
and regexp_full_match(
    regexp_replace(t."{field}", '\D', '', 'g'),
    '0{7,}|1{7,}|2{7,}|3{7,}|4{7,}|5{7,}|6{7,}|7{7,}|8{7,}|9{7,}|12345678?9?0?'
)
