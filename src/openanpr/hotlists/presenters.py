"""Lists and entries as pages show them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from openanpr.adapters.list_text import ENCODING_NAMES
from openanpr.hotlists.copies import ends_at
from openanpr.hotlists.models import Hotlist, HotlistEntry, HotlistImport
from openanpr.hotlists.services.import_files import SHEET
from openanpr.hotlists.vocabulary import (
    ACTION_NAMES,
    KIND_NAMES,
    PRIORITY_NAMES,
    WARNING_MARKERS,
    EntryAction,
    EntryState,
    ImportState,
    ListKind,
    ListState,
    Priority,
)
from openanpr.jobs.models import Job

_IMPORT_STATES: Final = {
    ImportState.UPLOADED: ("Its columns must be told", "orange"),
    ImportState.READING: ("Being read", "blue"),
    ImportState.PARSED: ("Waits to be applied", "orange"),
    ImportState.APPLYING: ("Being applied", "blue"),
    ImportState.APPLIED: ("Applied", "green"),
    ImportState.REFUSED: ("Thrown away", "grey"),
}
_OPERATIONS: Final = {
    "replace": "It is the whole list",
    "add": "It adds to the list",
    "delete": "It names marks to be withdrawn",
    "archive": "Revision files in a ZIP",
}
_ENDED: Final = ("Ended", "grey")


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownEntry:
    """One entry with its state in words."""

    entry: HotlistEntry
    action: str
    markers: list[str]
    state: str
    colour: str
    ends_at: datetime
    may_withdraw: bool
    may_confirm: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownList:
    """One list with its state in words; ``colour`` as the tag macro takes it."""

    hotlist: Hotlist
    kind: str
    priority: str
    state: str
    colour: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownImport:
    """One file given for a list, with its state in words. ``problems`` as rows of a table."""

    made: HotlistImport
    state: str
    colour: str
    operation: str
    encoding: str
    counts: dict[str, int]
    problems: list[list[str]]
    waits: bool
    may_apply: bool
    at_work: bool
    progress: str


def shown_import(made: HotlistImport, *, job: Job | None = None) -> ShownImport:
    """A file, and what was found in it; ``job`` is the one that has it in hand."""
    state, colour = _IMPORT_STATES[ImportState(made.state)]
    return ShownImport(
        made=made,
        state=state,
        colour=colour,
        operation=_OPERATIONS[made.operation],
        encoding=_encoding(made.encoding),
        counts=made.counts,
        problems=[
            [
                f"{one['file']} {one['line']}".strip(),
                "Rejected" if one["rejected"] else "Taken, changed",
                one["why"],
            ]
            for one in made.problems
        ],
        waits=made.state == ImportState.PARSED,
        may_apply=made.state == ImportState.PARSED and made.counts["accepted"] > 0,
        at_work=made.state in {ImportState.READING, ImportState.APPLYING},
        progress=_progress(job),
    )


def shown_list(hotlist: Hotlist, *, at: datetime) -> ShownList:
    """A list, and whether it matches now."""
    state, colour = _list_state(hotlist, at)
    return ShownList(
        hotlist=hotlist,
        kind=KIND_NAMES[ListKind(hotlist.kind)],
        priority=PRIORITY_NAMES[Priority(hotlist.priority)],
        state=state,
        colour=colour,
    )


def shown_entry(entry: HotlistEntry, *, at: datetime) -> ShownEntry:
    """An entry, and whether it matches now."""
    state, colour = _entry_state(entry, at)
    return ShownEntry(
        entry=entry,
        action=ACTION_NAMES[EntryAction(entry.action)],
        markers=[WARNING_MARKERS.get(marker, marker) for marker in entry.warning_markers],
        state=state,
        colour=colour,
        ends_at=ends_at(entry),
        may_withdraw=entry.state != EntryState.WITHDRAWN,
        may_confirm=entry.state == EntryState.PROPOSED,
    )


def _encoding(stored: str) -> str:
    if stored.startswith(SHEET):
        return f"The sheet \u201c{stored.removeprefix(SHEET)}\u201d of a workbook"
    return ENCODING_NAMES.get(stored, stored)


def _progress(job: Job | None) -> str:
    if job is None:
        return ""
    return job.problem or job.progress or "Waiting for its turn"


def _list_state(hotlist: Hotlist, at: datetime) -> tuple[str, str]:
    if hotlist.state != ListState.ACTIVE or hotlist.weed_at <= at:
        return _ENDED
    if hotlist.review_at <= at:
        return "Review overdue: not matching", "red"
    return "Matching", "green"


def _entry_state(entry: HotlistEntry, at: datetime) -> tuple[str, str]:
    if entry.state == EntryState.WITHDRAWN:
        return "Withdrawn", "grey"
    if ends_at(entry) <= at:
        return _ENDED
    if entry.state == EntryState.PROPOSED:
        return "Waits for a second person", "orange"
    return ("Matching", "green") if entry.valid_from <= at else ("Not yet", "blue")
