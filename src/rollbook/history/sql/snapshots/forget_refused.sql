-- Takes out of {table} what was said of rows that name an erased person.
delete from {table} as r
where
    r.value in (select e.sourcedId from erased_people as e)
    or exists (
        select 1
        from with_erased_users as u
        inner join erased_people as e on u.sourcedId = e.sourcedId
        where u.file = r.file and u.record = r.record
    )
