-- grain: one row per student and contact, at most five of a student, as Clever tells of them
-- What a reader of the format kept of its own words goes before what roles come to. An id that such
-- a reader made up is left out: contacts without one have their identity by name and address.
create or replace temp table written_relations as
with people as (
    select
        w.student,
        w.number,
        u.*,
        if(
            json_valid(u.metadata ->> '/clever.relations'),
            list_filter(
                from_json(
                    u.metadata ->> '/clever.relations',
                    '[{
                        "student": "VARCHAR", "type": "VARCHAR", "contact_type": "VARCHAR",
                        "relationship": "VARCHAR"
                    }]'
                ),
                lambda told: told.student = w.student
            )[1],
            null
        ) as told
    from written_contacts as w
    inner join given_users as u on w.contact = u.sourcedId
    where w.number <= 5
)

select
    p.student,
    p.number,
    case
        when p.told is not null then p.told.relationship
        when p.role = 'parent' then 'Parent'
        else 'Other'
    end as relationship,
    case
        when p.told is not null then coalesce(p.told.contact_type, p.told.type)
        when p.role = 'relative' then 'Family'
        else 'Parent/Guardian'
    end as type,
    coalesce(
        p.metadata ->> '/clever.contact_name',
        concat_ws(' ', p.givenName, p.familyName)
    ) as name,
    regexp_replace(coalesce(p.sms, p.phone), '\D', '', 'g') as phone,
    coalesce(
        p.metadata ->> '/clever.contact_phone_type',
        case
            when p.sms is not null then 'Cell'
            when p.phone is not null then 'Home'
        end
    ) as phone_type,
    p.email,
    coalesce(
        p.metadata ->> '/clever.contact_sis_id',
        if(regexp_full_match(p.sourcedId, 'contact-[0-9a-f]{32}'), null, p.sourcedId)
    ) as id
from people as p
