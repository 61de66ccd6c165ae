-- Changes of the person's records, in whichever run.
delete from runs_recordchange as change
using runs_syncrun as run, erased_record as erased
where
    change.district_id = %(district)s
    and run.district_id = change.district_id
    and run.number = change.run_number
    and erased.source_number = run.source_number
    and erased.resource = change.resource
    and erased.sourced_id = change.sourced_id
