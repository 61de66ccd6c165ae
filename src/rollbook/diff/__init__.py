"""What a delivery changes.

Takes: a `ValidRoster`, which knows the snapshot last published. Gives: a `ChangeSet`: create,
update, abandon. Promises: same input, same change set, whatever the row order; nothing is written.
"""
