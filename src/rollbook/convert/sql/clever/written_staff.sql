-- grain: one row per member of staff and school; `district` stands for every org that is none
create or replace temp table written_staff as
with listed as (
    select distinct
        u.sourcedId,
        trim(unnest(string_split(u.orgSourcedIds, ','))) as org
    from given_users as u
    semi join (
        select k.sourcedId from user_kinds as k
        where k.kind = 'staff'
    ) as k
        on u.sourcedId = k.sourcedId
),

placed as (
    select distinct
        l.sourcedId,
        coalesce(s.sourcedId, 'district') as school
    from listed as l
    left join written_schools as s on l.org = s.sourcedId
)

select
    u.*,
    p.school
from given_users as u
inner join placed as p on u.sourcedId = p.sourcedId
where u.email is not null
