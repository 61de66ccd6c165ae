-- grain: one row per text that stands where a date belongs
-- Years of two digits are of this century up to 49. A text that is no day of the calendar keeps
-- its own form, so that the rule about dates shows what the file says.
with parts as (
    select
        t.raw,
        regexp_extract(
            t.raw,
            '^\s*(\d{1,2})/(\d{1,2})/(\d{4}|\d{2})(?:\s+0?0:00(?::00)?)?\s*$',
            ['month', 'day', 'year']
        ) as american,
        regexp_extract(
            t.raw,
            '^\s*(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]0?0:00.*)?\s*$',
            ['year', 'month', 'day']
        ) as iso
    from adapted.date_texts as t
    where t.raw is not null
),

chosen as (
    select
        p.raw,
        if(p.iso.year <> '', p.iso.month, p.american.month) as month,
        if(p.iso.year <> '', p.iso.day, p.american.day) as day,
        if(p.iso.year <> '', p.iso.year, p.american.year) as year
    from parts as p
),

dated as (
    select
        c.raw,
        try_cast(
            concat_ws(
                '-',
                case
                    when strlen(c.year) = 2 then if(c.year < '50', '20', '19') || c.year
                    else c.year
                end,
                lpad(c.month, 2, '0'),
                lpad(c.day, 2, '0')
            ) as date
        ) as day
    from chosen as c
)

select
    d.raw,
    coalesce(strftime(d.day, '%Y-%m-%d'), d.raw) as iso,
    d.day
from dated as d
