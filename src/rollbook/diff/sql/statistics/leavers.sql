-- grain: one row per person whose days of grace begin. Whose are over was counted when they began
update touched_users
set change = 'due'
where change = 'abandon' and sourcedId in (
    select l.sourcedId
    from leaving_now as l
    where l.is_over and not l.is_fresh
);

insert into touched_users
with beginning as (
    select l.sourcedId
    from leaving_now as l
    where l.is_fresh and not l.is_over
)

select
    p.sourcedId,
    'leave' as change,
    {subject} as subject,
    null as subject_after,
    {schools} as schools,
    null as schools_after
from before_users as p
semi join beginning as b on p.sourcedId = b.sourcedId
