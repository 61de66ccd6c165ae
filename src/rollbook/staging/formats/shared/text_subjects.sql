-- grain: one row per text in which a subject was recognised
-- The first word that says something decides, and of several that begin there the longest.
with padded as (
    select
        t.text,
        ' ' || trim(regexp_replace(t.text, '[^\p{L}\p{N}.]+', ' ', 'g')) || ' ' as words
    from adapted.subject_texts as t
),

found as (
    select
        p.text,
        k.subject,
        instr(p.words, ' ' || k.keyword || if(k.match = 'word', ' ', '')) as place,
        strlen(k.keyword) as size
    from padded as p
    inner join crosswalk.subjects as k
        on contains(p.words, ' ' || k.keyword || if(k.match = 'word', ' ', ''))
)

select
    f.text,
    arg_min(f.subject, f.place * 100 - f.size) as subject
from found as f
group by f.text
