"""Is this change safe to apply by itself?

Takes: a change set's counts and the district's policy. Gives: go, or hold with reasons.
Promises: no mass removal without a person's yes.
"""
