"""What applications read: the granted part of a roster, over HTTP.

Input: a request with an access token. Output: JSON rendered by PostgreSQL from the roster and the
connection's grants. Promise: never a record, a field or a reference outside the grants, and never
personal data in a log.
"""
