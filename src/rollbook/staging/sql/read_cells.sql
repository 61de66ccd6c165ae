-- grain: one row per row of a file, blank lines apart
create or replace table {rows} as
from
    read_csv(
        $path,
        columns = {names},
        delim = $delimiter,
        rejects_table = {errors},
        rejects_scan = {scans},
        max_line_size = {largest},
        buffer_size = {buffer},
        auto_detect = false,
        header = true,
        nullstr = '',
        quote = '"',
        escape = '"',
        strict_mode = true,
        store_rejects = true,
        rejects_limit = 1
    )
