"""How a path narrows a collection: conditions on a row `r` of the route's resource.

Ids from the path are parameters named after their place in it (`%(school)s`). `{role}` stands for
the route's role, `{class_c_is_seen}` for the grant of a class `c` that a condition passes through.
"""

from __future__ import annotations

RELATIONS = {
    "classes_at_school": "r.school_served_id = %(school)s",
    "classes_of_course": "r.course_served_id = %(course)s",
    "classes_in_term": "r.term_served_ids @> array[%(term)s]",
    "classes_of_user": """r.served_id in (
        select e.class_served_id
        from roster_enrollment as e
        where e.district_id = %(district)s and e.user_served_id = %(user)s
    )""",
    # A teacher who takes a course is a student of that class: the enrollment's role counts.
    "classes_of_user_as": """r.served_id in (
        select e.class_served_id
        from roster_enrollment as e
        where
            e.district_id = %(district)s and e.user_served_id = %(user)s and e.role = '{role}'
    )""",
    "users_in_class": """r.served_id in (
        select e.user_served_id
        from roster_enrollment as e
        where
            e.district_id = %(district)s and e.class_served_id = %(class)s and e.role = '{role}'
    )""",
    "users_at_school": """r.served_id in (
        select o.user_served_id
        from roster_user_org as o
        where
            o.district_id = %(district)s and o.org_served_id = %(school)s and o.role = '{role}'
    )""",
    "enrollments_in_class": "r.class_served_id = %(class)s",
    "enrollments_at_school": """r.class_served_id in (
        select c.served_id
        from roster_class as c
        where c.district_id = %(district)s and c.school_served_id = %(school)s
    )""",
    "class_at_school": """exists (
        select from roster_class as c
        where
            c.district_id = %(district)s and c.served_id = %(class)s
            and c.school_served_id = %(school)s
    )""",
    # A school has the courses of its own, and those of the district that are taught there.
    "courses_at_school": """(r.org_served_id = %(school)s or r.served_id in (
        select c.course_served_id
        from roster_class as c
        where
            c.district_id = %(district)s and c.school_served_id = %(school)s
            and {class_c_is_seen}
    ))""",
    "terms_at_school": """r.served_id in (
        select unnest(c.term_served_ids)
        from roster_class as c
        where
            c.district_id = %(district)s and c.school_served_id = %(school)s
            and {class_c_is_seen}
    )""",
    "sessions_below": "r.parent_served_id = %(term)s",
}
