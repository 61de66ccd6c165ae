-- users.email.placeholder_address
-- severity: warning
-- title: An e-mail address stands for nobody
-- meaning: Addresses such as none@none.com are typed in where a form insists on one. Messages go nowhere, or to a stranger.
-- repair: Empty the field in the SIS, or enter the true address.
-- who: district
-- source: Rollbook, seen in the field
regexp_full_match(
    lower(t.email),
    '(none|no|noemail|no-email|noreply|no-reply|na|n/a|nobody|test|x+|email|unknown)@(none|no|email|noemail|test|na|nowhere|x+|mail|unknown|domain)\.[a-z]+'
)
