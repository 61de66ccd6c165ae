"""Which part of a roster an application may see.

Takes: the roster and a connection's rule. Gives: grants on orgs, classes and users; courses,
sessions, enrollments and demographics follow from these. Promises: off until a rule is set;
computed with every publish.
"""
