-- grain: one row per link that returned, and the id it is served under
create or replace table returned_links as
select
    r.sourcedId,
    r.servedId
from read_csv(
    $file,
    header = false,
    auto_detect = false,
    delim = ',',
    quote = '"',
    escape = '"',
    columns = { 'sourcedId': 'varchar', 'servedId': 'varchar' }
) as r
