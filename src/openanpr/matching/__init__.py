"""Vehicles of interest in memory: a snapshot of every list in one file, and the match against it.

Pure: no database, no clock. A read is compared at the moment it was captured.
"""

from openanpr.matching.entries import MatchAs, SnapshotEntry
from openanpr.matching.matcher import HitCandidate, How, MarkAtTime, Matcher
from openanpr.matching.scope import Place, Scope, Window
from openanpr.matching.snapshot import HotlistSnapshot, SnapshotError
from openanpr.matching.writing import write_snapshot

__all__ = [
    "HitCandidate",
    "HotlistSnapshot",
    "How",
    "MarkAtTime",
    "MatchAs",
    "Matcher",
    "Place",
    "Scope",
    "SnapshotEntry",
    "SnapshotError",
    "Window",
    "write_snapshot",
]
