"""What is wrong with the data, and which rows may go on.

Takes: a `StagedRoster` and the snapshot last published. Gives: findings, and a `ValidRoster`.
Promises: every problem in one pass; a bad row never deletes or spoils the good record it would
replace.

`catalogue.py` needs no DuckDB: the pages read it to explain findings.
"""
