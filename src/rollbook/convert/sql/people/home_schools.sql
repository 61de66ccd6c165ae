-- grain: one row per user who belongs to a school
-- The primary org if it is a school, else the first school listed.
create or replace temp table home_schools as
with listed as (
    select
        u.sourcedId,
        list_prepend(u.primaryOrgSourcedId, string_split(u.orgSourcedIds, ',')) as orgs
    from given_users as u
),

named as (
    select
        l.sourcedId,
        trim(unnest(l.orgs)) as school,
        generate_subscripts(l.orgs, 1) as place
    from listed as l
)

select
    n.sourcedId,
    min_by(n.school, n.place) as school
from named as n
semi join written_schools as s on n.school = s.sourcedId
group by n.sourcedId
