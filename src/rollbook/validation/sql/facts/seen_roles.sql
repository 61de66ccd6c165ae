-- grain: one row per role of the delivery, with what stands around it
create or replace temp view seen_roles as
select
    t.*,
    p.userSourcedId as profile_user
from live_roles as t
left join live_userProfiles as p on t.userProfileSourcedId = p.sourcedId
where t.record is not null
