-- One row for each table and sequence that belongs to whoever asks, or to a role whose rights that one has.
select
    c.relname as relation_name,
    c.relkind = 'S' as is_sequence
from pg_class as c
where
    c.relnamespace = current_schema()::regnamespace
    and c.relkind in ('r', 'p', 'S')
    and pg_has_role(c.relowner, 'usage')
order by c.relname
