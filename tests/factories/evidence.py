"""What a pack is made from, without a database."""

from typing import Any

from openanpr.exhibits.content import (
    Content,
    PackedCamera,
    PackedEntry,
    PackedEvent,
    PackedGrant,
    PackedRead,
)
from openanpr.search.exporting import ExportedRead

AT = "2026-11-20T10:00:00+00:00"
ODD = "Zoë «=1+1» #O'Brien $x$ \u202e"


def packed_read(number: int = 1, **fields: Any) -> PackedRead:
    """One read in the area Northgate."""
    line = ExportedRead(
        export=7,
        read_id=f"00000000-0000-7000-8000-{number:012d}",
        captured_at=AT,
        mark="OA30AAA",
        first_read_as="0A30AAA",
        confidence=0.97,
        camera="Camera 1/1/1",
        area="Northgate",
        site="",
        latitude=None,
        longitude=None,
        direction="=cmd|'/c calc'!A1",
        came_late=False,
        reader_model="m-1",
    )
    values: dict[str, Any] = {
        "line": line,
        "clock_offset_ms": 12.5,
        "patch": None,
        "overview": None,
        "patch_received": None,
        "overview_received": None,
        "alternatives": [("OA31AAA", 0.2)],
        "second_readings": ["A person who compared pictures confirmed the mark."],
    }
    return PackedRead(**{**values, **fields})


def content(**fields: Any) -> Content:
    """An open edition of one read, with an odd name wherever a person may write one."""
    values: dict[str, Any] = {
        "exhibit_id": "00000000-0000-7000-8000-00000000000a",
        "reference": "ABC/1",
        "edition": "open",
        "jurisdiction": "england-and-wales",
        "investigation": "FX/2026/001",
        "category": "serious",
        "force": "Fictional Constabulary",
        "maker": ODD,
        "maker_rank": "constable",
        "maker_unit": "Crime desk",
        "trained_until": "",
        "recipient": ODD,
        "reason": ODD,
        "marking": "OFFICIAL-SENSITIVE",
        "made_at": AT,
        "zone": "Europe/London",
        "captured_from": AT,
        "captured_to": AT,
        "asked": "1 read picked from a result",
        "profile": "essex-2y 1",
        "allowed": ["Allowed: no authorisation is needed."],
        "picked": 2,
        "export": 7,
        "digest": "0" * 64,
        "exact": False,
        "reads": [packed_read()],
        "cameras": [
            PackedCamera(
                name="Camera 1/1/1",
                area="Northgate",
                state="live",
                fault="",
                last_heard_at=AT,
                clock_offset_ms=None,
                gaps=[(AT, AT, "no sign of life")],
            )
        ],
        "grants": [
            PackedGrant(
                grant="g",
                authoriser=ODD,
                rank="inspector",
                valid_from=AT,
                expires_at=AT,
                captures_from=AT,
                captures_to=AT,
            )
        ],
        "entries": [PackedEntry(read_id="r", how="exact", snapshot=3, entry={"action": ODD})],
        "audit": [{"sequence": 7, "hash": "ab" * 32, "fields": {"verb": "exhibit.make"}}],
        "continuity": [PackedEvent(at=AT, by=ODD, what="Made", note=ODD)],
        "disclosure_body": "the disclosure officer",
        "complaints_body": "the ombudsman",
    }
    return Content(**{**values, **fields})
