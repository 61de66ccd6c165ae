"""What a district lets pass without asking: its policy, exceptions for one run, and who set them.

Takes: a change set and its run. Gives: the guard's verdict by the policy of the district, noted
with the run. Promises: a policy changes only together with a note of who changed what and why; an
exception counts for exactly one run.
"""
