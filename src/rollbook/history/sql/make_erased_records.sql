-- The records of the erased person by source, resource and id.
create temporary table erased_record (
    source_number integer not null,
    resource text collate "C" not null,
    sourced_id text collate "C" not null,
    primary key (source_number, resource, sourced_id)
) on commit drop
