"""Hits sent to people: routing, the live feed, the picture check before action, outcomes."""
