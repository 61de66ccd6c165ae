-- {resource}.{field}.placeholder_phone
-- applies: users.sms users.phone
-- severity: warning
-- title: {field} is a number that nobody has
-- meaning: One digit over and over, or 1234567, is typed in where a form insists on a number. In an emergency it reaches nobody.
-- repair: Empty the field in the SIS, or enter the true number.
-- who: district
-- source: Rollbook, seen in the field
regexp_full_match(
    t."{field}",
    '\D*((0\D*){7,}|(1\D*){7,}|(2\D*){7,}|(3\D*){7,}|(4\D*){7,}|(5\D*){7,}|(6\D*){7,}|(7\D*){7,}'
    || '|(8\D*){7,}|(9\D*){7,}|1\D*2\D*3\D*4\D*5\D*6\D*7\D*(8\D*)?(9\D*)?(0\D*)?)'
)
