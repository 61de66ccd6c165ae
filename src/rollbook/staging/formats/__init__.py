"""Formats other than OneRoster: adapters that end in the same staged tables."""
