-- Marks records whose newest row could not be used; a mark keeps the day it was first made.
insert into roster_stale_record (district_id, resource, served_id, source_number, stale_since)
select
    %(district)s,
    stale_ids.resource,
    stale_ids.served_id,
    %(source)s,
    %(moment)s
from stale_ids
on conflict (district_id, resource, served_id) do nothing
