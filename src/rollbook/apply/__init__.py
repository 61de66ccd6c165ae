"""A change set becomes the roster.

Takes: an approved `ChangeSet`. Gives: roster rows, change numbers, tombstones, history and,
beforehand, the snapshot. Promises: one transaction; applied twice is applied once; killed
anywhere, whole or not at all; the work grows with the changes, not with the roster.
"""
