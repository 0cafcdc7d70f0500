"""Importing a file of entries: uploaded, understood, looked at, and only then applied as a whole.

The list stays as it is until one transaction has made it what the file says.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import IO
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from openanpr.access.decisions import Decision
from openanpr.access.facts import ListChangeFacts
from openanpr.accounts.models import User
from openanpr.hotlists.models import Hotlist, HotlistImport, HotlistImportRow
from openanpr.hotlists.services import changes, import_files, import_rows
from openanpr.hotlists.services.changes import UnableToChangeList
from openanpr.hotlists.services.import_files import ImportDetails
from openanpr.hotlists.vocabulary import ImportState, ListState


@transaction.atomic
def upload_list(
    *, hotlist: Hotlist, by: User, at: datetime, name: str, file: IO[bytes], details: ImportDetails
) -> tuple[changes.ListChange, HotlistImport | None]:
    """Take a file for a list, and prepare its preview if its columns are understood.

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
    _record(made, "uploaded", hotlist=hotlist, by=by, at=at, reason=details.reason, on=decision)
    return changes.ListChange(decision=decision, hotlist=hotlist), made


@transaction.atomic
def map_columns(
    *, import_id: UUID, by: User, at: datetime, columns: Mapping[str, int]
) -> HotlistImport:
    """Say which column is which (name: place from 0), and prepare the preview."""
    made = _locked(import_id, ImportState.UPLOADED)
    if "vrm" not in columns:
        raise UnableToChangeList("Say which column holds the registration mark.")
    if len(set(columns.values())) < len(columns):
        raise UnableToChangeList("A column was chosen twice.")
    made.columns = dict(columns)
    import_files.parse(made, at=at)
    _record(made, "previewed", hotlist=made.hotlist, by=by, at=at, reason=made.reason)
    return made


@transaction.atomic
def apply_import(
    *, import_id: UUID, by: User, at: datetime, without_rejected: bool
) -> changes.ListChange:
    """Make the list what the previewed file says, all of it or nothing.

    On a list of two persons, somebody other than who uploaded the file must do it. Raises
    ``UnableToChangeList`` where lines were rejected and nobody said to go on without them, or where
    the list has changed since the preview, which is then counted anew.
    """
    made = _locked(import_id, ImportState.PARSED)
    hotlist = Hotlist.objects.select_for_update().get(pk=made.hotlist_id)
    if not made.counts["accepted"]:
        raise UnableToChangeList("No line of this file can be taken.")
    if made.counts["rejected"] and not without_rejected:
        raise UnableToChangeList("Lines were rejected. Say whether to go on without them.")
    if hotlist.state != ListState.ACTIVE:
        raise UnableToChangeList("This list is not active.")
    if hotlist.revision != made.base_revision:
        raise ListMoved("The list has changed since this preview. Look at the new figures.")
    longest = made.rows.exclude(operation="D").aggregate(last=Max("weed_at"))["last"]
    decision = changes.decide(
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
    if decision:
        import_rows.take_over(
            import_id=made.id,
            hotlist_id=hotlist.id,
            replace=import_files.replaces(made),
            at=at,
            uploader=made.by_id,
            by=by.id,
            confirmed=hotlist.second_person,
        )
        _end(made, ImportState.APPLIED, by=by, at=at)
        changes.bump_revision(hotlist, at=at)
    _record(made, "applied", hotlist=hotlist, by=by, at=at, reason=made.reason, on=decision)
    return changes.ListChange(decision=decision, hotlist=hotlist)


@transaction.atomic
def cancel_import(*, import_id: UUID, by: User, at: datetime) -> None:
    """Throw a file away that was not applied; its rows go, its record stays."""
    made = _locked(import_id, ImportState.UPLOADED, ImportState.PARSED)
    _end(made, ImportState.REFUSED, by=by, at=at)
    _record(made, "cancelled", hotlist=made.hotlist, by=by, at=at, reason=made.reason)


@transaction.atomic
def recount(*, import_id: UUID, by: User, at: datetime) -> None:
    """Compare a previewed file with the list as it is now."""
    made = _locked(import_id, ImportState.PARSED)
    import_files.compare(made, at=at)
    made.save(update_fields=["counts", "base_revision"])
    _record(made, "previewed", hotlist=made.hotlist, by=by, at=at, reason=made.reason)


class ListMoved(UnableToChangeList):
    """The list is no longer the one that the preview was compared with."""


def _end(made: HotlistImport, state: ImportState, *, by: User, at: datetime) -> None:
    made.state, made.ended_by, made.ended_at = state.value, by, at
    made.save(update_fields=["state", "ended_by", "ended_at"])
    rows = HotlistImportRow.objects.filter(hotlist_import=made)
    rows._raw_delete(rows.db)
    path = import_files.path_of(made.id)
    transaction.on_commit(lambda: path.unlink(missing_ok=True))


def _locked(import_id: UUID, *states: ImportState) -> HotlistImport:
    made = (
        HotlistImport.objects.select_for_update(of=("self",))
        .select_related("hotlist", "by")
        .get(pk=import_id)
    )
    if made.state not in states:
        raise UnableToChangeList("This import was answered already.")
    return made


def _record(
    made: HotlistImport | None,
    step: str,
    *,
    hotlist: Hotlist,
    by: User,
    at: datetime,
    reason: str,
    on: Decision | None = None,
) -> None:
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
