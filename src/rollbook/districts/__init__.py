"""Who: districts, the people who work for them, their roles, and the functions that grant
access."""
