"""Complaints about number plate recognition: received, acknowledged, looked into, answered."""
