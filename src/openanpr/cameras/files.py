"""The register as a CSV file: read with every line kept, written so that no cell is a formula."""

import csv
import io
from collections.abc import Iterable
from datetime import datetime
from typing import Final

from openanpr.cameras.authority import standing
from openanpr.cameras.lines import COLUMNS, ONLY_OUT, safe_cell
from openanpr.cameras.models import Camera
from openanpr.cameras.queries import authorities_of

MOST_BYTES: Final = 2_000_000
MOST_LINES: Final = 5000


class RegisterFileError(ValueError):
    """A file that is no register. The message says what to do."""


def rows_of(content: bytes) -> list[dict[str, str]]:
    """The lines of a file below its header. Raises ``RegisterFileError``."""
    if len(content) > MOST_BYTES:
        raise RegisterFileError(f"The file is larger than {MOST_BYTES // 1_000_000} MB")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise RegisterFileError("The file is not text in UTF-8: save it as CSV UTF-8") from error
    reader = csv.DictReader(io.StringIO(text, newline=""), restkey="", restval="", strict=True)
    try:
        head = [name.strip() for name in reader.fieldnames or ()]
        missing = [name for name in ("feed", "source", "number", "name") if name not in head]
        if missing:
            raise RegisterFileError(f"The first line must name the columns; missing: {missing[0]}")
        unknown = [name for name in head if name not in {*COLUMNS, *ONLY_OUT}]
        if unknown:
            raise RegisterFileError(f"There is no column {unknown[0][:40]!r} in a register")
        reader.fieldnames = head
        rows = [
            {name: value for name, value in row.items() if isinstance(value, str)} for row in reader
        ]
    except csv.Error as error:
        raise RegisterFileError(f"The file is not CSV: {error}") from error
    if len(rows) > MOST_LINES:
        raise RegisterFileError(f"More than {MOST_LINES} lines: bring it in parts")
    if not rows:
        raise RegisterFileError("There is no line below the first")
    return rows


def written(cameras: Iterable[Camera], *, at: datetime) -> str:
    """The cameras as lines of CSV with a header, places and all."""
    held = io.StringIO()
    writer = csv.writer(held)
    listed = list(cameras)
    ends = authorities_of(camera.id for camera in listed)
    writer.writerow([*COLUMNS, *ONLY_OUT])
    for camera in listed:
        stands = standing(ends.get(camera.id, ()), at=at)
        end = stands.end.isoformat() if stands.end else ""
        writer.writerow([*_cells(camera), camera.state, end])
    return held.getvalue()


def _cells(camera: Camera) -> list[str]:
    site, vehicle = camera.site, camera.patrol_vehicle
    texts = [
        camera.name,
        camera.carrier,
        camera.area_name,
        site.code if site else "",
        site.name if site else "",
    ]
    rest = [
        vehicle.callsign if vehicle else "",
        camera.direction,
        camera.lanes,
        camera.view,
        camera.owner,
        camera.shared_with,
    ]
    return [
        str(camera.feed_id),
        str(camera.source_id),
        str(camera.camera_number),
        *map(safe_cell, texts),
        # A number stays one, with its sign.
        f"{site.latitude:.6f}" if site else "",
        f"{site.longitude:.6f}" if site else "",
        "yes" if site and site.sensitive else "no",
        *map(safe_cell, rest),
    ]
