-- users.email.malformed
-- severity: warning
-- title: An e-mail address is not one
-- meaning: An address has one @ with something before it and a domain with a dot after it, and no blanks. Messages to this one will not arrive, and people who log in by e-mail cannot.
-- repair: Correct the address in the SIS. If there are two in the field, keep one.
-- who: district
-- source: OneRoster CSV, users.email; RFC 5321
not regexp_full_match(
    t.email, '[^@\s,;<>()"]+@[^@\s,;<>()".]+(\.[^@\s,;<>()".]+)+'
)
