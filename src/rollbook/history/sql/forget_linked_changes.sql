-- Changes of others that say the person's id: that field of them goes.
update runs_recordchange as change
set fields = change.fields - array['agentSourcedIds', 'userSourcedId', 'metadata']
where
    change.district_id = %(district)s
    and change.fields ?| array['agentSourcedIds', 'userSourcedId', 'metadata']
    and (
        exists (
            select 1
            from
                jsonb_path_query(change.fields, '$.agentSourcedIds[*]') as side (value),
                unnest(string_to_array(side.value #>> '{}', ',')) as agent (sourced_id)
            where trim(agent.sourced_id) = any(%(ids)s::text[])
        )
        or change.fields -> 'userSourcedId' ?| %(ids)s::text[]
        or lower(change.fields ->> 'metadata') ~ %(pattern)s
    )
