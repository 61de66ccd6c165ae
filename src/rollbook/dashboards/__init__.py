"""The district's pages: its state, its runs, uploads, the applications it shares with, people.

A view obtains what it shows through `access_*` alone, reads by one function of `queries/`, writes
by one verb of the stage concerned, and renders. A page and its live part have the same address.
"""
