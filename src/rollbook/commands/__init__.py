"""The command line: one module per command. Each imports what it needs when it runs, not before."""
