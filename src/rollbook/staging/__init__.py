"""Files become tables.

Takes: a delivery's package and a workspace. Gives: a `StagedRoster`, DuckDB tables named and
shaped by OneRoster, all text, every row with its file and record number. Promises: any accepted
format ends in the same tables; memory stays bounded; a broken byte is a finding, not a crash; rows
read and rows refused add up to the rows of the file.
"""
