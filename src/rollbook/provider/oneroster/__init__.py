"""The OneRoster REST rostering service: one table of routes, answered by set-based SQL.

`routes.csv` says what there is, `relations.py` how a path narrows a collection, `grants.py` what a
connection may see, `rendering.py` how a record becomes JSON. `statements.py` puts the four
together, `pages.py` runs the outcome, and `views.py` is the whole of HTTP.

Source: OneRoster 1.1 REST; fact base sections 12 to 18.
"""
