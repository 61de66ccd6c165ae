-- Pairs of ids of which one is the person's.
delete from runs_identity_pair as pair
using erased_record as erased
where
    pair.district_id = %(district)s
    and erased.source_number = pair.source_number
    and erased.resource = pair.resource
    and erased.sourced_id in (pair.was, pair.sourced_id)
