-- Lets snapshots name the files that took the place of others; runs share files.
update runs_syncrun as run
set
    snapshot = (
        select
            jsonb_object_agg(
                source.number,
                (
                    select
                        coalesce(
                            jsonb_object_agg(
                                file.name,
                                coalesce(%(moved)s::jsonb ->> file.key, file.key)
                            ),
                            '{}'
                        )
                    from jsonb_each_text(source.files) as file (name, key)
                )
            )
        from jsonb_each(run.snapshot) as source (number, files)
    )
where run.district_id = %(district)s and run.snapshot <> '{}'
