"""Vehicles of interest: lists with an owner and a purpose, their entries, and the snapshots that
matching reads.
"""
