"""What a check found, written for people and for programs.

Takes: a `CheckReport`. Gives: text, JSON, CSV or SARIF on a stream. Promises: findings pass
through one by one, so that ten million of them fill no memory; values of people's fields are
masked wherever a report may be passed on, unless they are asked for.
"""
