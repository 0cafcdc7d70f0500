"""Backups of an installation: made, checked by restoring, restored, destroyed when they expire."""
