"""What the jobs of an import do: read its file, apply it, throw away what nobody answered.

Each may be called again after it was killed at any point, and then does what is left to do.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction

from openanpr.audit.services import AuditActor, record_event
from openanpr.hotlists.models import Hotlist, HotlistImport
from openanpr.hotlists.services import changes, import_files, import_rows
from openanpr.hotlists.services.changes import UnableToChangeList
from openanpr.hotlists.services.imports import (
    ListMoved,
    decide_to_apply,
    end,
    locked,
    record_step,
    require_applicable,
)
from openanpr.hotlists.vocabulary import ImportState

UNANSWERED: Final = timedelta(days=7)
Say = Callable[[str], None]


def read_file(*, import_id: UUID, at: datetime, say: Say) -> None:
    """Stage the rows of an import's file and compare them with its list.

    A file that cannot be taken as a whole ends the import, which then says why. Nothing is half
    staged: one transaction.
    """
    with transaction.atomic():
        made = _taken(import_id, ImportState.READING)
        if made is None:
            return
        try:
            with transaction.atomic():
                _read(made, at=at, say=say)
        except UnableToChangeList as problem:
            made.said = str(problem)
            end(made, ImportState.REFUSED, by=None, at=at)
            record_step(made, "refused", hotlist=made.hotlist, by=made.by, at=at, reason=made.said)


def apply_file(*, import_id: UUID, at: datetime, say: Say) -> None:
    """Make the list what the accepted file says, in one transaction, as the person who accepted it.

    The policy is asked again: whoever lost the right meanwhile changes nothing. A list that has
    changed meanwhile is compared again and the preview waits for a new answer.
    """
    with transaction.atomic():
        made = _taken(import_id, ImportState.APPLYING)
        if made is None or made.ended_by is None:
            return
        by = made.ended_by
        hotlist = Hotlist.objects.select_for_update().get(pk=made.hotlist_id)
        try:
            require_applicable(made)
        except ListMoved as problem:
            say("Comparing the file with the list")
            import_files.compare(made, at=at)
            _back_to_preview(made, str(problem))
            return
        except UnableToChangeList as problem:
            _back_to_preview(made, str(problem))
            return
        decision = decide_to_apply(made, by=by, at=at)
        if decision:
            say("Changing the list")
            import_rows.take_over(
                import_id=made.id,
                hotlist_id=hotlist.id,
                replace=import_files.replaces(made),
                at=at,
                uploader=made.by_id,
                by=by.id,
                confirmed=hotlist.second_person,
            )
            end(made, ImportState.APPLIED, by=by, at=at)
            changes.bump_revision(hotlist, at=at)
        else:
            _back_to_preview(made, "The person who accepted this file may no longer apply it.")
        record_step(made, "applied", hotlist=hotlist, by=by, at=at, reason=made.reason, on=decision)


def throw_away_unanswered(*, at: datetime) -> int:
    """End the imports that nobody has answered for a week, rows and file; how many."""
    waiting = HotlistImport.objects.filter(
        state__in=[ImportState.UPLOADED, ImportState.PARSED], at__lt=at - UNANSWERED
    )
    ended = 0
    for import_id in list(waiting.values_list("id", flat=True)):
        with transaction.atomic():
            made = _taken(import_id, ImportState.UPLOADED, ImportState.PARSED)
            if made is None:
                continue
            made.said = "Nobody answered it for a week."
            end(made, ImportState.REFUSED, by=None, at=at)
            record_event(
                verb="list.import-lapse",
                actor=AuditActor.system("jobs"),
                at=at,
                subject=f"hotlist:{made.hotlist_id}",
                payload={"import": str(made.id)},
            )
            ended += 1
    return ended


def _read(made: HotlistImport, *, at: datetime, say: Say) -> None:
    if made.rows.exists():
        say("Comparing the file with the list")
        import_files.compare(made, at=at)
        _back_to_preview(made, "")
        return
    if not import_files.path_of(made.id).exists():
        raise UnableToChangeList("The file is no longer here. Upload it again.")
    if made.format == "xlsx" and not made.columns:
        say("Opening the workbook")
        import_files.open_workbook(made)
        if not made.columns:
            made.state = ImportState.UPLOADED.value
            made.save()
            return
        made.save()
    say("Reading the lines")
    import_files.parse(made, at=at)


def _back_to_preview(made: HotlistImport, said: str) -> None:
    made.state, made.said, made.ended_by = ImportState.PARSED.value, said, None
    made.save()


def _taken(import_id: UUID, *states: ImportState) -> HotlistImport | None:
    try:
        return locked(import_id, *states)
    except UnableToChangeList:  # it was done before, by a process that then died
        return None
