-- One row per class that the connection was ever granted, live or removed.
-- A removed class keeps nothing active: what it named lives on through other classes.
select
    c.course_served_id,
    c.term_served_ids,
    g.is_active,
    g.change_number
from sharing_grant as g
inner join roster_class as c on c.district_id = g.district_id and c.served_id = g.served_id
where
    g.district_id = %(district)s
    and g.connection_number = %(connection)s
    and g.resource = 'classes'
union all
select
    t.record ->> 'course_served_id' as course_served_id,
    array(select jsonb_array_elements_text(t.record -> 'term_served_ids')) as term_served_ids,
    false as is_active,
    greatest(g.change_number, t.change_number) as change_number
from sharing_grant as g
inner join roster_tombstone as t
    on t.district_id = g.district_id and t.resource = g.resource and t.served_id = g.served_id
where
    g.district_id = %(district)s
    and g.connection_number = %(connection)s
    and g.resource = 'classes'
