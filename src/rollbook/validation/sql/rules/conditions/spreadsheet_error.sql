-- {resource}.{field}.spreadsheet_error
-- applies: id text
-- severity: warning
-- title: {field} holds the error message of a spreadsheet program
-- meaning: #NAME?, #REF! and the like are written by spreadsheet programs where a formula fails. The true value is lost.
-- repair: Take the file from the SIS again and send it unopened, or correct the value there.
-- who: district
-- source: Rollbook, seen in files that were edited by hand
case
    when starts_with(t."{field}", '#') then
        t."{field}" in (
            '#NAME?', '#REF!', '#VALUE!', '#DIV/0!', '#NULL!', '#NUM!', '########'
        )
end
