"""The copy of an entry that travels: into the snapshot, into a hit, and to the officer."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec

from openanpr.hotlists.models import HotlistEntry
from openanpr.matching import Scope


class EntryCopy(msgspec.Struct, frozen=True, kw_only=True):
    """An entry and its list as they stood when the snapshot was made.

    ``force`` is the code of the list's force; ``entry_made_at`` and ``list_refreshed_at`` give the
    ages that an officer is shown. ``covert`` is that of the entry or of its list.
    """

    list_name: str
    list_kind: str
    list_owner: str
    list_source: str
    list_refreshed_at: datetime
    force: str
    priority: int
    covert: bool
    told_units: tuple[str, ...] = ()
    vrm: str
    make: str = ""
    model: str = ""
    colour: str = ""
    action: str
    warning_markers: tuple[str, ...] = ()
    reason: str
    information: str = ""
    force_area: str = ""
    reference: str = ""
    grading: str = ""
    marking: str = ""
    owner: str
    entry_made_at: datetime
    valid_from: datetime
    weed_at: datetime
    match_as: str = "exact"

    def to_json(self) -> dict[str, Any]:
        """The copy as plain JSON values; times as ISO 8601 texts in UTC."""
        plain: dict[str, Any] = msgspec.to_builtins(self)
        return plain

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> "EntryCopy":
        """The copy in ``values``; raises ``msgspec.ValidationError`` for anything else."""
        return msgspec.convert(values, cls)

    @property
    def description(self) -> str:
        """Colour, make and model as far as the entry knows them; empty when it knows none."""
        return " ".join(part for part in (self.colour, self.make, self.model) if part)


def copy_of(entry: HotlistEntry) -> EntryCopy:
    """The copy of ``entry``, whose ``hotlist`` is loaded."""
    hotlist = entry.hotlist
    return EntryCopy(
        list_name=hotlist.name,
        list_kind=hotlist.kind,
        list_owner=hotlist.owner,
        list_source=hotlist.source,
        list_refreshed_at=hotlist.refreshed_at,
        force=hotlist.owner_force_id,
        priority=hotlist.priority,
        covert=hotlist.covert or entry.covert,
        told_units=tuple(hotlist.told_units),
        vrm=entry.vrm,
        make=entry.make,
        model=entry.model,
        colour=entry.colour,
        action=entry.action,
        warning_markers=tuple(entry.warning_markers),
        reason=entry.reason,
        information=entry.information,
        force_area=entry.force_area,
        reference=entry.reference,
        grading=entry.grading,
        marking=entry.marking,
        owner=entry.owner,
        entry_made_at=entry.created_at,
        valid_from=entry.valid_from,
        weed_at=ends_at(entry),
        match_as=entry.match_as,
    )


def ends_at(entry: HotlistEntry) -> datetime:
    """When the entry stops matching: its weed date, or its list's weed or review date if sooner."""
    return min(entry.weed_at, entry.hotlist.weed_at, entry.hotlist.review_at)


def scopes_of(entry: HotlistEntry) -> tuple[Scope, ...]:
    """Where and when the entry is looked for: what its list and it restrict, if they do."""
    return tuple(
        msgspec.convert(scope, Scope) for scope in (entry.hotlist.scope, entry.scope) if scope
    )
