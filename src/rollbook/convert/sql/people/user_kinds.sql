-- grain: one row per user and kind of person: student, teacher, staff, contact
-- Who has the place of a teacher in a class is a teacher too, whatever else they are.
create or replace temp table user_kinds as
with words as (
    select
        u.sourcedId,
        u.role
    from given_users as u
    union all
    select
        r.userSourcedId,
        c.role_1_1
    from given_roles as r
    inner join crosswalk_roles as c on r.role = c.role_1_2
    union all
    select
        e.userSourcedId,
        'teacher'
    from given_enrollments as e
    where e.role = 'teacher'
)

select distinct
    w.sourcedId,
    case
        when w.role in ('student', 'teacher') then w.role
        when w.role in ('guardian', 'parent', 'relative') then 'contact'
        else 'staff'
    end as kind
from words as w
