"""Formats of other systems, read into the words of this one. Plain Python, no database."""
