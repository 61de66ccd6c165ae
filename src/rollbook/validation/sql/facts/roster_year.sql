-- grain: one row: the school year that most sessions are of, and the last day of any
create or replace temp table roster_year as
select
    mode(s.schoolYear)::integer as year,
    max(s.endDate) as ends
from live_academicSessions as s
