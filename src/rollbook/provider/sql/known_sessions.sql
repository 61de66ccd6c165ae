-- One row per session that a class of the connection names, that stands above such a session, or
-- that is a grading period below one.
with recursive session as (
    select
        s.served_id,
        s.parent_served_id,
        s.type
    from roster_academic_session as s
    where s.district_id = %(district)s
    union all
    select
        t.served_id,
        t.record ->> 'parent_served_id' as parent_served_id,
        t.record ->> 'type' as type
    from roster_tombstone as t
    where t.district_id = %(district)s and t.resource = 'academicSessions'
),

named as (
    select
        unnest(k.term_served_ids) as served_id,
        bool_or(k.is_active) as is_active,
        max(k.change_number) as change_number
    from ({known_classes}) as k
    group by 1
),

upwards as (
    select * from named
    union -- not `all`: it ends even where parents go in a circle
    select
        s.parent_served_id,
        u.is_active,
        u.change_number
    from upwards as u
    inner join session as s on s.served_id = u.served_id
    where s.parent_served_id is not null
),

known as (
    select * from upwards
    union all
    select
        s.served_id,
        u.is_active,
        u.change_number
    from upwards as u
    inner join session as s on s.parent_served_id = u.served_id and s.type = 'gradingPeriod'
)

select
    served_id,
    bool_or(is_active) as is_active,
    max(change_number) as change_number
from known
group by served_id
