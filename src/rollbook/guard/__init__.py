"""Is this change safe to apply by itself?

Takes: a change set's counts and the district's policy. Gives: go, hold with reasons, or refuse.
Promises: no mass removal without a person's yes.
"""
