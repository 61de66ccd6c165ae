"""Rollbook's own PostgreSQL: the real one, in a folder, for first starts, tests and small sites."""
