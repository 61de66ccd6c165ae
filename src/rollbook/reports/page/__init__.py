"""One self-contained page: it needs no network, and nothing in the data can become part of it.

It wears the styles of the server's own pages. What varies is escaped where it is put in, and a
content security policy lets nothing run but the page's own script.
"""
