"""The file of an import: kept until it is understood, read line by line, compared with its list.

A page keeps it and looks at its first bytes; a job reads it.
"""

import hashlib
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any, Final
from uuid import UUID

from django.db import transaction

from openanpr.accounts.models import User
from openanpr.adapters.list_rows import (
    STANDARD,
    ListRow,
    Passed,
    Reading,
    Rejected,
    rows_of,
    shape_of,
)
from openanpr.adapters.list_text import encoding_of
from openanpr.adapters.list_workbook import check_workbook, is_workbook, write_rows
from openanpr.adapters.list_zip import BadArchive, DeltaFile, deltas_in, is_archive, unpack
from openanpr.config.values import get_settings
from openanpr.hotlists.models import Hotlist, HotlistImport
from openanpr.hotlists.services import import_rows
from openanpr.hotlists.services.changes import UnableToChangeList
from openanpr.hotlists.vocabulary import ImportOperation, ImportState
from openanpr.policy.queries import profile_in_force
from openanpr.web.dates import force_zone
from openanpr.wire.ids import uuid7

LARGEST_FILE: Final = 536_870_912
"""Bytes of an uploaded file."""
REJECTIONS_KEPT: Final = 2_000
NOTES_KEPT: Final = 200
"""Of what was taken but changed; kept apart, so that they crowd out no rejection."""
SHEET: Final = "sheet:"
"""Stands before the name of a workbook's sheet, where other files have an encoding."""
_BLOCK: Final = 1 << 20
_LETTERS: Final = {
    ImportOperation.REPLACE: "R",
    ImportOperation.ADD: "A",
    ImportOperation.DELETE: "D",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportDetails:
    """What the form says beside the file. The row has no owner, so there is always this one;
    the other defaults fill what a row leaves empty.
    """

    operation: ImportOperation
    reason: str
    owner: str
    default_action: str = ""
    default_reason: str = ""
    default_weed_at: datetime | None = None


class _Tally:
    """Counts and problems of an import as its lines pass."""

    def __init__(self) -> None:
        self.counts = dict.fromkeys(
            ("lines", "accepted", "rejected", "blank", "header", "flagged", "duplicates"), 0
        )
        self.problems: list[dict[str, Any]] = []
        self.total = 0
        self.told = {True: 0, False: 0}

    def tell(self, line: int, why: str, *, file: str, rejected: bool) -> None:
        self.total += 1
        self.told[rejected] += 1
        if self.told[rejected] <= (REJECTIONS_KEPT if rejected else NOTES_KEPT):
            self.problems.append({"line": line, "why": why, "file": file, "rejected": rejected})

    def accepted(
        self, answers: Iterator[ListRow | Rejected | Passed], *, file: str
    ) -> Iterator[ListRow]:
        for answer in answers:
            self.counts["lines"] += 1
            if isinstance(answer, ListRow):
                self.counts["accepted"] += 1
                self.counts["flagged"] += bool(answer.notes)
                for note in answer.notes:
                    self.tell(answer.line, note, file=file, rejected=False)
                yield answer
            elif isinstance(answer, Rejected):
                self.counts["rejected"] += 1
                self.tell(answer.line, answer.why, file=file, rejected=True)
            else:
                self.counts["header" if answer.header else "blank"] += 1


def keep_file(
    *, hotlist: Hotlist, by: User, at: datetime, name: str, file: IO[bytes], details: ImportDetails
) -> HotlistImport:
    """Keep an uploaded file; its columns are understood, or must be told, or a workbook must be
    opened first to know.

    Raises ``UnableToChangeList``; nothing is kept then.
    """
    import_id = uuid7()
    path = path_of(import_id)
    try:
        digest = _save(file, path)
        made = HotlistImport(
            id=import_id,
            hotlist=hotlist,
            file_name=Path(name).name[:200],
            sha256=digest,
            format="csv",
            operation=details.operation.value,
            defaults={
                "owner": details.owner,
                "action": details.default_action,
                "reason": details.default_reason,
                "weed_at": details.default_weed_at.isoformat() if details.default_weed_at else "",
            },
            reason=details.reason,
            state=ImportState.UPLOADED.value,
            at=at,
            by=by,
        )
        with path.open("rb") as kept:
            if is_workbook(kept):
                check_workbook(kept)
                made.format = "xlsx"
                made.state = ImportState.READING.value
            elif is_archive(kept):
                deltas_in(kept)
                made.format, made.operation = "zip", ImportOperation.ARCHIVE.value
                made.columns = dict(STANDARD)
            else:
                _understand(made, kept)
        if made.columns:
            made.state = ImportState.READING.value
        made.save(force_insert=True)
    except BadArchive as problem:
        path.unlink(missing_ok=True)
        raise UnableToChangeList(str(problem)) from problem
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return made


def open_workbook(made: HotlistImport) -> None:
    """Put the rows of a workbook beside it, as text; its columns are then understood or not."""
    rows = rows_path(made.id)
    try:
        with path_of(made.id).open("rb") as book, rows.open("w+b") as text:
            rows.chmod(0o600)
            sheet = write_rows(book, text)
            _understand(made, text)
    except BadArchive as problem:
        raise UnableToChangeList(str(problem)) from problem
    made.encoding = f"{SHEET}{sheet.name[:100]}"


def _understand(made: HotlistImport, file: IO[bytes]) -> None:
    made.encoding = encoding_of(file)
    shape = shape_of(file, made.encoding)
    if not shape.width:
        raise UnableToChangeList("The file is empty.")
    made.separator, made.width = shape.separator, shape.width
    made.header = list(shape.header)
    remembered = (
        HotlistImport.objects.filter(
            hotlist=made.hotlist, header=made.header, width=made.width, state=ImportState.APPLIED
        )
        .order_by("-at")
        .first()
    )
    if shape.columns is not None:
        made.columns = dict(shape.columns)
    elif remembered is not None:
        made.columns = remembered.columns


def parse(made: HotlistImport, *, at: datetime) -> None:
    """Stage the rows of the kept file by ``made.columns``; the file goes when that is committed."""
    path = path_of(made.id)
    tally = _Tally()
    try:
        text = rows_path(made.id) if made.format == "xlsx" else path
        with text.open("rb") as file:
            if made.format == "zip":
                for delta in deltas_in(file):
                    _stage_delta(made, file, delta, tally, at=at)
            else:
                letter = _LETTERS[ImportOperation(made.operation)]
                _stage(made, file, letter, tally, at=at, name="")
    except BadArchive as problem:
        raise UnableToChangeList(str(problem)) from problem
    total, duplicates = import_rows.drop_duplicates(import_id=made.id, most=REJECTIONS_KEPT)
    for one in duplicates:
        file_name = one.operation if made.format == "zip" else ""
        why = f"its mark stands on line {one.first} already"
        tally.tell(one.line, why, file=file_name, rejected=True)
    tally.total += total - len(duplicates)
    counts = tally.counts
    counts["duplicates"] = total
    counts["accepted"] -= total
    counts["rejected"] += total
    counts["superseded"] = (
        import_rows.drop_superseded(import_id=made.id) if made.format == "zip" else 0
    )
    made.counts = counts
    made.problems = sorted(tally.problems, key=lambda one: (one["file"], one["line"]))
    made.problem_total = tally.total
    made.state, made.said = ImportState.PARSED.value, ""
    compare(made, at=at)
    made.save()
    transaction.on_commit(lambda: remove_file(made.id))


def _stage_delta(
    made: HotlistImport, archive: IO[bytes], delta: DeltaFile, tally: _Tally, *, at: datetime
) -> None:
    with tempfile.TemporaryFile(dir=_folder()) as file:
        unpack(archive, delta, file)
        made.encoding = encoding_of(file)
        shape = shape_of(file, made.encoding)
        made.separator, made.header = shape.separator, list(shape.header)
        made.columns = dict(shape.columns or STANDARD)
        made.width = shape.width if shape.columns else len(STANDARD)
        if delta.operation == "R":
            made.defaults = {**made.defaults, "replace": True}
        _stage(made, file, delta.operation, tally, at=at, name=delta.operation)


def _stage(
    made: HotlistImport, file: IO[bytes], letter: str, tally: _Tally, *, at: datetime, name: str
) -> None:
    profile = profile_in_force(at=at)
    weed_at = made.defaults["weed_at"]
    reading = Reading(
        columns=made.columns,
        width=made.width,
        separator=made.separator,
        has_header=bool(made.header),
        at=at,
        latest_weed=at + profile.limits.list_entry_longest,
        zone=force_zone(),
        default_action=made.defaults["action"],
        default_reason=made.defaults["reason"],
        default_weed_at=datetime.fromisoformat(weed_at) if weed_at else None,
        marks_only=letter == "D",
    )
    encoding = "utf-8" if made.format == "xlsx" else made.encoding
    rows = tally.accepted(rows_of(file, encoding, reading), file=name)
    import_rows.stage(import_id=made.id, operation=letter, owner=made.defaults["owner"], rows=rows)


def compare(made: HotlistImport, *, at: datetime) -> None:
    """Count the difference between the staged rows and the list as it is now."""
    made.base_revision = Hotlist.objects.get(pk=made.hotlist_id).revision
    found = import_rows.difference(
        import_id=made.id, hotlist_id=made.hotlist_id, replace=replaces(made), at=at
    )
    made.counts = {**made.counts, **found}


def replaces(made: HotlistImport) -> bool:
    """Whether the file is the whole list."""
    return made.operation == ImportOperation.REPLACE or bool(made.defaults.get("replace"))


def _save(file: IO[bytes], path: Path) -> str:
    digest = hashlib.sha256()
    size = 0
    with path.open("xb") as kept:
        path.chmod(0o600)
        while block := file.read(_BLOCK):
            size += len(block)
            if size > LARGEST_FILE:
                raise UnableToChangeList("The file is larger than 512 MB.")
            digest.update(block)
            kept.write(block)
    return digest.hexdigest()


def path_of(import_id: UUID) -> Path:
    """Where the file of an import lies until its rows are staged."""
    return _folder() / f"{import_id}.upload"


def rows_path(import_id: UUID) -> Path:
    """Where the rows of a workbook lie, once it has been opened."""
    return path_of(import_id).with_suffix(".rows")


def remove_file(import_id: UUID) -> None:
    """Remove what is kept of an import's file."""
    path_of(import_id).unlink(missing_ok=True)
    rows_path(import_id).unlink(missing_ok=True)


def _folder() -> Path:
    folder = get_settings().data_dir / "imports"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder
