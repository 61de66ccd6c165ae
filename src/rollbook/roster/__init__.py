"""The roster of record: what a district's people, classes and enrollments are now, in PostgreSQL.

References between records hold served ids, the ids that applications know; see docs/decisions/0003.
"""
