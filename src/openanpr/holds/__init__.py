"""Reads kept past retention for an investigation: placed, reviewed, released, and shown."""
