"""What happened: every passage of a delivery through the stages, with its state, counts and
findings."""
