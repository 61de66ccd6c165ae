"""What was, what may come back, and what must be forgotten.

Takes: published runs and the snapshots they left in the file storage. Gives: a roster as it was,
opened in DuckDB (`rosters`), what differs between any two (`compare`), the story of a record
(`timeline`), the rows of a run that restores one (`restored`), and fewer files as they age
(`retention`). `erasing` takes a person out of everything. Promises: nothing is published but by a
run; nothing that a live run refers to is removed; an erased person does not return.

`models`, `restores`, `asking` and `answers` load no DuckDB: the pages use them.
"""
