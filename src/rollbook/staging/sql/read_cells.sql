-- grain: one row per row of a file, blank lines apart
create or replace table {rows} as
from read_csv(
    ?, auto_detect = false, header = true, columns = {columns}, nullstr = '', delim = ?,
    quote = '"', escape = '"', strict_mode = true, store_rejects = true,
    rejects_table = {errors}, rejects_scan = {scans}, rejects_limit = 1,
    max_line_size = {largest}, buffer_size = {buffer}
)
