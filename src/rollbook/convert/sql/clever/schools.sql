-- grain: one row per school
-- source: Clever CSV, schools.csv
select
    t.sourcedId as "School_id",
    t.name as "School_name",
    coalesce(t.identifier, t.sourcedId) as "School_number",
    {metadata[State_id]} as "State_id",
    {metadata[Low_grade]} as "Low_grade",
    {metadata[High_grade]} as "High_grade",
    {metadata[Principal]} as "Principal",
    {metadata[Principal_email]} as "Principal_email",
    {metadata[School_address]} as "School_address",
    {metadata[School_city]} as "School_city",
    {metadata[School_state]} as "School_state",
    {metadata[School_zip]} as "School_zip",
    {metadata[School_phone]} as "School_phone"
    {rest}
from written_schools as t
order by t.row
