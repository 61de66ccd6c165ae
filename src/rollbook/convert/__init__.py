"""A checked roster becomes files again, in any format.

Takes: a workspace with the views `valid_<resource>`. Gives: a package, and what its format could
not hold. Promises: the same roster gives the same bytes; nothing is lost without being listed;
memory stays bounded; passwords are never written.
"""
