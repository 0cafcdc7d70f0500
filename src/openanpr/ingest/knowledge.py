"""What ingest must know to judge a batch: devices, cameras, the profile, the lists. All in memory.

Looked up again about once a second by a thread of its own and swapped whole, so that a batch is
judged by one consistent state and a suspension or revocation bites within that time.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from openanpr.access.facts import Profile
from openanpr.cameras.facts import CameraFacts
from openanpr.matching import HotlistSnapshot, Matcher


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    """A reader's credential."""

    id: uuid.UUID
    name: str
    public_key: bytes
    revoked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Knowledge:
    """One consistent state. ``profile`` is None until one could be read: nothing is judged then."""

    devices: Mapping[uuid.UUID, Device] = field(default_factory=dict)
    cameras: Mapping[str, CameraFacts] = field(default_factory=dict)
    profile: Profile | None = None
    matcher: Matcher = field(default_factory=lambda: Matcher(HotlistSnapshot.empty()))
    looked_up_at: datetime | None = None
    snapshot_problem: str = ""

    def with_matcher(self, matcher: Matcher) -> "Knowledge":
        """The same with another snapshot of the lists."""
        return replace(self, matcher=matcher, snapshot_problem="")
