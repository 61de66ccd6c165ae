-- {resource}.{field}.control_character
-- applies: text list typed_ids
-- severity: warning
-- title: {field} holds a character that cannot be seen
-- meaning: There is a tab or another control character in the value. It looks right on the screen, yet a search for it will fail and logins may, too.
-- repair: Type the value again in the SIS; it was probably pasted from another program.
-- who: district
-- source: Rollbook; OneRoster CSV, data type string
regexp_matches(t."{field}", '[\x00-\x09\x0b\x0c\x0e-\x1f\x7f\x{200b}-\x{200f}\x{2028}\x{2029}\x{2060}\x{feff}]')
