"""Rollbook's own PostgreSQL: real PostgreSQL in a folder, for first starts, tests and small installations."""
