"""How data arrives: a source gives deliveries, stored as they came before anything looks at them.

Takes: files from a form, a command or, later, a connection. Gives: a `Delivery`. Promises: nothing
is processed before it is stored, and nothing stored is ever changed.
"""
