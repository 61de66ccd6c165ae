"""What differs between two packages, written for people and for programs."""
