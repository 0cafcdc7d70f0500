"""Importing a file of entries: uploaded, understood, looked at, and only then applied as a whole.

What takes long is done by jobs (``import_jobs``); here it is asked for. The list stays as it is
until one transaction has made it what the file says.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import IO, Final
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from openanpr.access.decisions import Decision
from openanpr.access.facts import ListChangeFacts
from openanpr.accounts.models import User
from openanpr.hotlists.models import Hotlist, HotlistImport, HotlistImportRow
from openanpr.hotlists.services import changes, import_files
from openanpr.hotlists.services.changes import UnableToChangeList
from openanpr.hotlists.services.import_files import ImportDetails
from openanpr.hotlists.vocabulary import ImportState, ListState
from openanpr.jobs.services import ask_for

READ: Final = "list.read"
APPLY: Final = "list.apply"
"""The jobs that this asks for; their argument is the import."""


@transaction.atomic
def upload_list(
    *, hotlist: Hotlist, by: User, at: datetime, name: str, file: IO[bytes], details: ImportDetails
) -> tuple[changes.ListChange, HotlistImport | None]:
    """Take a file for a list, and have its preview prepared if its columns are understood.

    Otherwise it waits to be told them (``map_columns``). A refusal of the policy is audited and
    returned. ``UnableToChangeList`` for a file that is too large or an archive that is not taken.
    """
    changes.require(reason=details.reason, owner=details.owner)
    if hotlist.state != ListState.ACTIVE:
        raise UnableToChangeList("This list is not active.")
    decision = changes.decide(
        by=by,
        at=at,
        change=ListChangeFacts(
            force=hotlist.owner_force_id,
            kind="add" if details.default_weed_at else "remove",
            reason=details.reason,
            weed_at=details.default_weed_at,
            second_person=hotlist.second_person,
            in_force=False,
        ),
    )
    made = None
    if decision:
        made = import_files.keep_file(
            hotlist=hotlist, by=by, at=at, name=name, file=file, details=details
        )
        if made.state == ImportState.READING:
            _ask(READ, made, by=by, at=at)
    record_step(made, "uploaded", hotlist=hotlist, by=by, at=at, reason=details.reason, on=decision)
    return changes.ListChange(decision=decision, hotlist=hotlist), made


@transaction.atomic
def map_columns(
    *, import_id: UUID, by: User, at: datetime, columns: Mapping[str, int]
) -> HotlistImport:
    """Say which column is which (name: place from 0), and have the preview prepared."""
    made = locked(import_id, ImportState.UPLOADED)
    if "vrm" not in columns:
        raise UnableToChangeList("Say which column holds the registration mark.")
    if len(set(columns.values())) < len(columns):
        raise UnableToChangeList("A column was chosen twice.")
    made.columns = dict(columns)
    made.state = ImportState.READING.value
    made.save(update_fields=["columns", "state"])
    _ask(READ, made, by=by, at=at)
    record_step(made, "mapped", hotlist=made.hotlist, by=by, at=at, reason=made.reason)
    return made


@transaction.atomic
def apply_import(
    *, import_id: UUID, by: User, at: datetime, without_rejected: bool
) -> changes.ListChange:
    """Answer a preview with yes: have the list made what the file says, all of it or nothing.

    On a list of two persons, somebody other than who uploaded the file must do it. Raises
    ``UnableToChangeList`` where lines were rejected and nobody said to go on without them, or where
    the list has changed since the preview, which must then be counted anew.
    """
    made = locked(import_id, ImportState.PARSED)
    require_applicable(made)
    if made.counts["rejected"] and not without_rejected:
        raise UnableToChangeList("Lines were rejected. Say whether to go on without them.")
    decision = decide_to_apply(made, by=by, at=at)
    if decision:
        made.state, made.ended_by, made.said = ImportState.APPLYING.value, by, ""
        made.save(update_fields=["state", "ended_by", "said"])
        _ask(APPLY, made, by=by, at=at)
    step = "accepted" if decision else "applied"
    record_step(made, step, hotlist=made.hotlist, by=by, at=at, reason=made.reason, on=decision)
    return changes.ListChange(decision=decision, hotlist=made.hotlist)


@transaction.atomic
def cancel_import(*, import_id: UUID, by: User, at: datetime) -> None:
    """Throw a file away that was not applied; its rows go, its record stays."""
    made = locked(import_id, ImportState.UPLOADED, ImportState.PARSED)
    end(made, ImportState.REFUSED, by=by, at=at)
    record_step(made, "cancelled", hotlist=made.hotlist, by=by, at=at, reason=made.reason)


@transaction.atomic
def recount(*, import_id: UUID, by: User, at: datetime) -> None:
    """Have a previewed file compared with the list as it is now."""
    made = locked(import_id, ImportState.PARSED)
    made.state = ImportState.READING.value
    made.save(update_fields=["state"])
    _ask(READ, made, by=by, at=at)
    record_step(made, "compared", hotlist=made.hotlist, by=by, at=at, reason=made.reason)


class ListMoved(UnableToChangeList):
    """The list is no longer the one that the preview was compared with."""


def require_applicable(made: HotlistImport) -> None:
    """Raise ``UnableToChangeList`` where this file cannot be applied to its list as it is."""
    hotlist = Hotlist.objects.get(pk=made.hotlist_id)
    if not made.counts["accepted"]:
        raise UnableToChangeList("No line of this file can be taken.")
    if hotlist.state != ListState.ACTIVE:
        raise UnableToChangeList("This list is not active.")
    if hotlist.revision != made.base_revision:
        raise ListMoved("The list has changed since this preview. Look at the new figures.")


def decide_to_apply(made: HotlistImport, *, by: User, at: datetime) -> Decision:
    """The policy's answer to this person's applying this file now."""
    hotlist = made.hotlist
    longest = made.rows.exclude(operation="D").aggregate(last=Max("weed_at"))["last"]
    return changes.decide(
        by=by,
        at=at,
        change=ListChangeFacts(
            force=hotlist.owner_force_id,
            kind="add" if longest else "remove",
            reason=made.reason,
            weed_at=longest,
            second_person=hotlist.second_person and longest is not None,
            proposed_by_person_id=made.by.person_id if hotlist.second_person else None,
        ),
    )


def end(made: HotlistImport, state: ImportState, *, by: User | None, at: datetime) -> None:
    """Close an import; its rows and its file go, its record stays."""
    made.state, made.ended_by, made.ended_at = state.value, by, at
    made.save(update_fields=["state", "ended_by", "ended_at", "said"])
    rows = HotlistImportRow.objects.filter(hotlist_import=made)
    rows._raw_delete(rows.db)
    transaction.on_commit(lambda: import_files.remove_file(made.id))


def locked(import_id: UUID, *states: ImportState) -> HotlistImport:
    """The import, locked, in one of these states; ``UnableToChangeList`` in another."""
    secret = [f"{who}__{what}" for who in ("by", "ended_by") for what in ("password", "email")]
    made = (
        HotlistImport.objects.select_for_update(of=("self",))
        .select_related("hotlist", "by", "ended_by")
        .defer(*secret)
        .get(pk=import_id)
    )
    if made.state not in states:
        raise UnableToChangeList("This import was answered already.")
    return made


def _ask(kind: str, made: HotlistImport, *, by: User, at: datetime) -> None:
    ask_for(kind, {"import": str(made.id)}, at=at, by=by.id)


def record_step(
    made: HotlistImport | None,
    step: str,
    *,
    hotlist: Hotlist,
    by: User,
    at: datetime,
    reason: str,
    on: Decision | None = None,
) -> None:
    """Write a step of an import to the audit, with the decision or that on the person as such."""
    decision = on
    if decision is None:
        change = ListChangeFacts(
            force=hotlist.owner_force_id, kind="remove", reason=reason, weed_at=None
        )
        decision = changes.decide(by=by, at=at, change=change)
    changes.record(
        verb="list.import",
        by=by,
        at=at,
        subject=f"hotlist:{hotlist.id}",
        reason=reason,
        decision=decision,
        payload={
            "step": step,
            "import": str(made.id) if made else "",
            "operation": made.operation if made else "",
            "sha256": made.sha256 if made else "",
            "counts": made.counts if made else {},
        },
    )
