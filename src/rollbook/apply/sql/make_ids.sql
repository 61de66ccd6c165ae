-- A list of served ids of one resource: what goes, for example.
create temporary table {name} (served_id text collate "C" primary key) on commit drop
