-- grain: one row per published role of which a delta says nothing; none in a complete delivery
create or replace view kept_roles_before as
select p.*
from published_roles as p
anti join roles as r on p.sourcedId = r.sourcedId
where {is_delta}
