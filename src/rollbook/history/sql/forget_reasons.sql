-- The person's ids among the records that reasons and notices of runs name.
with named as (
    select
        run.number,
        run.source_number,
        'reasons' as part,
        reason.place,
        reason.told
    from runs_syncrun as run
    cross join lateral jsonb_array_elements(run.reasons) with ordinality as reason (told, place)
    where run.district_id = %(district)s
    union all
    select
        run.number,
        run.source_number,
        'notices' as part,
        notice.place,
        notice.told
    from runs_syncrun as run
    cross join
        lateral jsonb_array_elements(coalesce(run.judgement -> 'notices', '[]'))
        with ordinality as notice (told, place)
    where run.district_id = %(district)s
),

kept as (
    select
        named.number,
        named.part,
        named.place,
        case
            when named.told #> '{records,ids}' is null then named.told
            else jsonb_set(
                named.told,
                '{records,ids}',
                (
                    select coalesce(jsonb_agg(record.id order by record.place), '[]')
                    from
                        jsonb_array_elements_text(named.told #> '{records,ids}')
                        with ordinality as record (id, place)
                    where not exists (
                        select 1
                        from erased_record as erased
                        where
                            erased.source_number = named.source_number
                            and erased.sourced_id = record.id
                    )
                )
            )
        end as told,
        named.told as was
    from named
),

gathered as (
    select
        kept.number,
        jsonb_agg(kept.told order by kept.place) filter (where kept.part = 'reasons') as reasons,
        jsonb_agg(kept.told order by kept.place) filter (where kept.part = 'notices') as notices
    from kept
    group by kept.number
    having bool_or(kept.told <> kept.was)
)

update runs_syncrun as run
set
    reasons = coalesce(gathered.reasons, run.reasons),
    judgement = case
        when gathered.notices is null then run.judgement
        else jsonb_set(run.judgement, '{notices}', gathered.notices)
    end
from gathered
where run.district_id = %(district)s and run.number = gathered.number
