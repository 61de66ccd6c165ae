"""Rollbook, the open-source roster hub for school districts. Start reading at `pipeline.py`."""
