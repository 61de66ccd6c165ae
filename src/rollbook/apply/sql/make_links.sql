-- Links that left earlier under another id than their own, and links that get another id now.
create temporary table former_links (
    sourced_id text collate "C",
    served_id text collate "C"
) on commit drop;

create temporary table returned_links (
    sourced_id text collate "C",
    served_id text collate "C"
) on commit drop
