-- grain: one row per row of a file that names the person, and whether it is about nobody else
select
    r.file,
    r.record,
    bool_and(r.is_theirs) or bool_or(r.is_main) as is_whole
from records_of_rows as r
group by r.file, r.record
having bool_or(r.is_theirs) or bool_or(r.names_them)
