-- One row for each table that holds rows of districts: whether row-level security is on, and its policies.
select
    c.relname as table_name,
    c.relrowsecurity as is_on,
    array(
        select p.polname::text
        from pg_policy as p
        where p.polrelid = c.oid
    ) as policies
from pg_class as c
where
    c.relnamespace = current_schema()::regnamespace
    and c.relkind in ('r', 'p')
    and (
        c.relname = 'districts_district'
        or exists (
            select from pg_attribute as a
            where a.attrelid = c.oid and a.attname = 'district_id' and not a.attisdropped
        )
    )
order by c.relname
