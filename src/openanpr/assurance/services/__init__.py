"""Writes of the assurance of the system."""
