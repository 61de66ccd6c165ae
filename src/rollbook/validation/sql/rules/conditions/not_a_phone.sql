-- {resource}.{field}.not_a_phone
-- applies: users.sms users.phone
-- severity: warning
-- title: {field} is not a telephone number
-- meaning: A number has 7 to 15 digits; a plus, blanks, brackets, dots, dashes and an extension (x123) may stand between or after them. Calls and text messages to this one will fail.
-- repair: Correct the number in the SIS. Words such as "mother" or a second number belong in fields of their own.
-- who: district
-- source: OneRoster CSV, users.sms and users.phone; ITU-T E.164
not regexp_full_match(t."{field}", '\+?\d{7,15}')
and not (
    regexp_full_match(lower(t."{field}"), '\+?[\d ().\-/]+( *(x|ext\.?|#) *\d{1,6})?')
    and length(regexp_replace(regexp_replace(lower(t."{field}"), '(x|ext|#).*', ''), '\D', '', 'g'))
    between 7 and 15
)
