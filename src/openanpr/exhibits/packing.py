"""Every file of a pack, from its content and the pictures."""

import hashlib
import json
from collections.abc import Callable, Mapping
from typing import IO, Final

import msgspec

from openanpr.exhibits.content import Content
from openanpr.exhibits.jurisdictions import Form
from openanpr.exhibits.report import map_svg, report_of
from openanpr.exhibits.statement import statement_of
from openanpr.papers import to_pdf
from openanpr.search.exporting import FileFormat, write

Fetch = Callable[[str], bytes | None]
"""Gives a picture by the hash kept; None where it is not in the store any more."""

README: Final = """\
{force}: exhibit {reference}, {edition} edition, for {recipient}

report.pdf         what was asked, allowed, found and left out, with map and pictures
statement.pdf      a draft of a witness statement, to be completed and signed by a person
reads.csv .xlsx .json   the reads; readings.json: first and second readings of each
pictures/          as they are stored; pictures.json says which read each belongs to
authority.json     the decision, its profile and the authorisations it rested on
cameras.json       health, clocks and known gaps of the cameras
entries.json       list entries that reads matched, as they stood (sensitive edition alone)
audit.jsonl        the rows of the audit that record the search and this pack
continuity.json    who did what with the exhibit up to its making
manifest.json      the SHA-256 of every file; manifest.sig.json: its signature

To check it offline, with Python alone:  python3 evidence_check.py PACK --key KEY
The checker and the force's public key come from the force or from the source of OpenANPR, never
from the pack itself.
"""


def files_of(content: Content, form: Form, fetch: Fetch) -> dict[str, bytes]:
    """The files by their paths; the same content and pictures give the same bytes, XLSX aside."""
    pictures, named, gone = _pictures(content, fetch)
    files = {
        "README.txt": README.format(
            force=content.force,
            reference=content.reference,
            edition=content.edition,
            recipient=content.recipient,
        ).encode(),
        "report.pdf": to_pdf(report_of(content, pictures)),
        "statement.pdf": to_pdf(statement_of(content, form)),
        "map.svg": map_svg(content).encode(),
        "readings.json": _json(_readings(content)),
        "pictures.json": _json({"pictures": named, "not in the store": gone}),
        "authority.json": _json(_authority(content)),
        "cameras.json": _json({"cameras": content.cameras}),
        "entries.json": _json({"entries": content.entries}),
        "continuity.json": _json({"continuity": content.continuity}),
        "audit.jsonl": "".join(
            json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n"
            for row in content.audit
        ).encode(),
    }
    about = _about(content)
    for each in FileFormat:
        lines = [read.line for read in content.reads]
        files[f"reads.{each.value}"] = _whole(write(each, lines, about))
    files |= {one["path"]: pictures[one["kept_sha256"]] for one in named}
    return files


def _pictures(
    content: Content, fetch: Fetch
) -> tuple[dict[str, bytes], list[dict[str, str]], list[dict[str, str]]]:
    """Pictures by hash, where each stands in the pack, and those that are gone from the store."""
    found: dict[str, bytes] = {}
    named: list[dict[str, str]] = []
    gone: list[dict[str, str]] = []
    for number, read in enumerate(content.reads, 1):
        for kept, received, what in (
            (read.patch, read.patch_received, "plate"),
            (read.overview, read.overview_received, "vehicle"),
        ):
            if kept is None:
                continue
            data = found.get(kept) or fetch(kept)
            entry = {"read_id": read.line.read_id, "kept_sha256": kept}
            if data is None or hashlib.sha256(data).hexdigest() != kept:
                gone.append(entry)
                continue
            found[kept] = data
            path = f"pictures/{number:04d}-{what}.jpg"
            named.append({"path": path, "received_sha256": received or "", **entry})
    return found, named, gone


def _readings(content: Content) -> dict[str, object]:
    return {
        "readings": [
            {
                "read_id": one.line.read_id,
                "mark": one.line.mark,
                "first_read_as": one.line.first_read_as,
                "reader_model": one.line.reader_model,
                "confidence": one.line.confidence,
                "alternatives": one.alternatives,
                "clock_offset_ms": one.clock_offset_ms,
                "second_readings": one.second_readings,
            }
            for one in content.reads
        ]
    }


def _authority(content: Content) -> dict[str, object]:
    return {
        "investigation": content.investigation,
        "category": content.category,
        "profile": content.profile,
        "asked": content.asked,
        "captured_from": content.captured_from,
        "captured_to": content.captured_to,
        "allowed": content.allowed,
        "authorisations": content.grants,
        "recipient": content.recipient,
        "reason": content.reason,
        "audit_row": content.export,
    }


def _about(content: Content) -> tuple[tuple[str, str], ...]:
    return (
        ("marking", content.marking),
        ("exhibit", content.reference),
        ("edition", content.edition),
        ("investigation", content.investigation),
        ("recipient", content.recipient),
        ("reason", content.reason),
        ("made by", content.maker),
        ("made at", content.made_at),
        ("audit row", str(content.export)),
        ("SHA-256 of the reads", content.digest),
    )


def _json(value: Mapping[str, object]) -> bytes:
    return msgspec.json.format(msgspec.json.encode(value), indent=1)


def _whole(file: IO[bytes]) -> bytes:
    with file:
        return file.read()
