"""Vehicles of interest in memory: a snapshot of every list in one file, and the match against it.

Pure: no database, no clock. A read is compared at the moment it was captured.
"""

from openanpr.matching.entries import SnapshotEntry
from openanpr.matching.matcher import HitCandidate, How, MarkAtTime, Matcher
from openanpr.matching.snapshot import HotlistSnapshot, SnapshotError
from openanpr.matching.writing import write_snapshot

__all__ = [
    "HitCandidate",
    "HotlistSnapshot",
    "How",
    "MarkAtTime",
    "Matcher",
    "SnapshotEntry",
    "SnapshotError",
    "write_snapshot",
]
