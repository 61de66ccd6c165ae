"""The views: access, form, verb, render."""
