"""Synthetic districts of any size, as OneRoster packages. Plain library without Django.

Input: a number of students, a seed, a day. Output: a OneRoster 1.1 bulk package that keeps every
    rule of the
standard, with families, co-teachers, terms and, from day 2 on, the changes of school life. Nothing
is kept in
memory but the layout of schools and what has changed: a row is computed when it is written.

How it fits together: `planning` lays out seats (`layout`), `families` says who is whose sibling,
    `churn` writes
down what happened (`journal`), and one module per kind of row turns these into the text that
`write` sends off.
"""

from rollbook.generate.write import GeneratedDistrict, expected_rows, generate_district

__all__ = ["GeneratedDistrict", "expected_rows", "generate_district"]
