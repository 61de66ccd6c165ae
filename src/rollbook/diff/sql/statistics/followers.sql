-- Records of {resource} that go because their person or their class goes: that is counted there, once.
update "touched_{resource}"
set change = if(change = 'replace', 'replace_along', 'go_along')
where change in ('abandon', 'replace') and sourcedId in (
    select p.sourcedId
    from "was_{resource}" as p
    where {hangs}
)
