"""Showing that the system is run as it should be: deadlines, reviews, records, incidents."""
