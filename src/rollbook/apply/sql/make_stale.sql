-- Served ids of the records that stay as they are because their rows cannot be used.
create temporary table stale_ids (
    resource text collate "C",
    served_id text collate "C",
    primary key (resource, served_id)
) on commit drop
