-- A list of ids of one resource: what goes, or what is stale.
create temporary table {name} (served_id text collate "C" primary key) on commit drop
