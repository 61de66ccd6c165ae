-- Served ids of the records of one resource that go.
create temporary table gone (served_id text collate "C" primary key) on commit drop
