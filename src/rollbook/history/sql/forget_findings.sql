-- Findings about the person's rows, and those whose value is the person's.
delete from runs_finding as finding
using runs_syncrun as run
where
    finding.district_id = %(district)s
    and run.district_id = finding.district_id
    and run.number = finding.run_number
    and (
        finding.value = any(%(ids)s::text[])
        or exists (
            select 1
            from erased_record as erased
            where
                erased.source_number = run.source_number
                and erased.sourced_id = finding.sourced_id
                and finding.code like erased.resource || '.%%'
        )
        or lower(finding.value) ~ %(pattern)s
        or exists (
            select 1
            from unnest(string_to_array(replace(finding.value, ' → ', ','), ',')) as part (value)
            where trim(part.value) = any(%(ids)s::text[])
        )
    )
