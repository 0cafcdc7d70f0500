"""The report of a pack, to be printed and read out: what was asked, allowed, found and left out."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import Final

from openanpr.exhibits.content import LIMITS, Content, PackedRead, shown
from openanpr.exhibits.drawing import Spot, map_of
from openanpr.papers import (
    Block,
    Bullets,
    Drawing,
    Facts,
    Heading,
    NewPage,
    Notice,
    Paper,
    Photograph,
    Rows,
    Text,
)
from openanpr.vrm import display

MOST_PICTURED: Final = 60
"""With more reads the pictures are in their folder alone."""
Pictures = Mapping[str, bytes]
"""The pictures by the hash kept."""

_WITHHELD: Final = (
    "This is the open edition. Where cameras stand, overview pictures and list entries are "
    "withheld, and reads of cameras whose presence is itself withheld, if there are any, are left "
    "out. The sensitive edition holds them."
)


def report_of(content: Content, pictures: Pictures) -> Paper:
    """The report."""
    return Paper(
        title=f"Exhibit {content.reference}",
        subtitle=f"Reads of number plates for {content.investigation}",
        force=content.force,
        reference=f"{content.reference} · {content.edition} edition",
        made_at=datetime.fromisoformat(content.made_at),
        marking=content.marking,
        watermark=watermark_of(content),
        blocks=[
            *_asked(content),
            *_where(content),
            *_table(content),
            *_pictures(content, pictures),
            *_cameras(content),
            *_authority(content),
            *_entries(content),
            *_record(content),
        ],
    )


def watermark_of(content: Content) -> str:
    """Whose copy this is."""
    return f"{content.reference} for {content.recipient}"[:60]


def map_svg(content: Content) -> str:
    """The drawn map: sites with the right to them, areas without."""
    return map_of(_spots(content))


def _asked(content: Content) -> list[Block]:
    edition: list[Block] = [Notice(_WITHHELD)] if not content.exact else []
    left = content.picked - len(content.reads)
    out: list[Block] = [
        Notice(
            f"{left} of the {content.picked} reads that were picked are not in this pack: they "
            "could not be shown to the maker when it was made, or this edition leaves them out."
        )
    ]
    return [
        *edition,
        *(out if left else []),
        Heading("What this is"),
        Facts(
            [
                ("Exhibit", content.reference),
                ("Investigation", f"{content.investigation} ({content.category})"),
                ("Made by", f"{content.maker}, {content.maker_rank}, {content.maker_unit}"),
                ("Made for", content.recipient),
                ("Reason", content.reason),
                ("Made", f"{shown(content.made_at)} UTC"),
                ("Captured", _period(content)),
                ("Reads", str(len(content.reads))),
                ("Recorded as", f"row {content.export} of the audit, before this file was made"),
            ]
        ),
        Heading("Limits"),
        Bullets(list(LIMITS)),
    ]


def _where(content: Content) -> list[Block]:
    spots = _spots(content)
    if not spots:
        return []
    what = "Site" if content.exact else "Area"
    said = "Map of these reads: " + ", ".join(f"{one.label} {one.reads}" for one in spots[:40])
    return [
        Heading("Where"),
        Drawing(map_of(spots), said, width_mm=150),
        Rows([what, "Reads"], [[one.label, str(one.reads)] for one in spots], widths=(4, 1)),
    ]


def _spots(content: Content) -> list[Spot]:
    lines = [read.line for read in content.reads]
    counted = Counter(
        (one.site or one.area, one.latitude, one.longitude)
        if content.exact
        else (one.area, None, None)
        for one in lines
    )
    return [
        Spot(label=label, reads=reads, latitude=latitude, longitude=longitude)
        for (label, latitude, longitude), reads in counted.most_common()
    ]


def _table(content: Content) -> list[Block]:
    rows = [
        [
            str(number),
            shown(one.line.captured_at),
            display(one.line.mark),
            f"{one.line.confidence:.0%}",
            one.line.site or one.line.area,
            one.line.direction,
            _clock(one.clock_offset_ms),
        ]
        for number, one in enumerate(content.reads, 1)
    ]
    head = ["No", "Captured (UTC)", "Mark", "Confidence", "Place", "Direction", "Clock off by"]
    widths = (0.6, 3, 1.8, 1.4, 3, 1.4, 1.4)
    second = [
        f"Read {number}: {said}"
        for number, one in enumerate(content.reads, 1)
        for said in one.second_readings
    ]
    first = [
        f"Read {number} was first read as {one.line.first_read_as}."
        for number, one in enumerate(content.reads, 1)
        if one.line.first_read_as != one.line.mark
    ]
    said: list[Block] = []
    if first or second:
        said = [Heading("Second readings", 2), Bullets([*first, *second])]
    return [Heading("Reads"), Rows(head, rows, widths=widths, fixed=(1, 2)), *said]


def _pictures(content: Content, pictures: Pictures) -> list[Block]:
    if len(content.reads) > MOST_PICTURED:
        return [Text("The pictures are in the folder “pictures” of the pack.")]
    blocks: list[Block] = []
    for number, read in enumerate(content.reads, 1):
        for sha256, what, width in ((read.patch, "plate", 60.0), (read.overview, "vehicle", 110.0)):
            if sha256 is not None and sha256 in pictures:
                blocks.append(_picture(number, read, pictures[sha256], what, width))
    return [NewPage(), Heading("Pictures"), *blocks] if blocks else []


def _picture(number: int, read: PackedRead, data: bytes, what: str, width: float) -> Photograph:
    said = f"Picture of the {what} of read {number}, read as {display(read.line.mark)}"
    caption = f"Read {number}, {what}, {shown(read.line.captured_at)} UTC"
    return Photograph(data, said, caption, width_mm=width)


def _cameras(content: Content) -> list[Block]:
    rows = [
        [
            one.name,
            one.area,
            one.state + (f": {one.fault}" if one.fault else ""),
            shown(one.last_heard_at) or "never",
            _clock(one.clock_offset_ms),
            "; ".join(
                f"{shown(start)} to {shown(end)}: {words}" for start, end, words in one.gaps[:8]
            )
            + ("; and more" if len(one.gaps) > 8 else "")
            or "none known",
        ]
        for one in content.cameras
    ]
    head = [
        "Camera",
        "Area",
        "State",
        "Last heard of (UTC)",
        "Clock off by",
        "Known gaps in the period",
    ]
    return [
        Heading("Cameras, their health and clocks"),
        Text("As known when the pack was made; a clock's error is that of its last sign of life."),
        Rows(head, rows, widths=(2, 2, 1.5, 2, 1.2, 3)),
    ]


def _authority(content: Content) -> list[Block]:
    grants = [
        [one.grant, f"{one.authoriser}, {one.rank}", shown(one.valid_from), shown(one.expires_at)]
        for one in content.grants
    ]
    head = ["Authorisation", "Given by", "From", "Until"]
    table: list[Block] = [Rows(head, grants, widths=(3, 2.5, 2, 2), fixed=(0,))] if grants else []
    return [
        Heading("Authority"),
        Text(f"Decided under the access profile {content.profile}."),
        Bullets(list(content.allowed)),
        *table,
    ]


def _entries(content: Content) -> list[Block]:
    if not content.entries:
        return []
    rows = [[one.read_id, one.how, str(one.snapshot), _entry(one.entry)] for one in content.entries]
    head = ["Read", "Matched", "List version", "Entry as it stood"]
    return [Heading("List entries"), Rows(head, rows, widths=(2, 1, 1, 4), fixed=(0,))]


def _entry(entry: Mapping[str, object]) -> str:
    return "\n".join(f"{key}: {value}" for key, value in entry.items() if value not in ("", None))


def _record(content: Content) -> list[Block]:
    rows = [
        [str(row["sequence"]), str(_fields(row).get("verb", "")), str(row["hash"])]
        for row in content.audit
    ]
    continuity = [
        [shown(one.at), one.by or "The system", one.what, one.note] for one in content.continuity
    ]
    models = Counter(one.line.reader_model or "not known" for one in content.reads)
    return [
        Heading("Record"),
        Facts(
            [
                ("SHA-256 of the reads", content.digest),
                ("Reader's models", "; ".join(f"{name}: {n}" for name, n in models.most_common())),
                ("Disclosure", content.disclosure_body),
                ("Complaints about the police", content.complaints_body),
            ]
        ),
        Rows(["Row of the audit", "What", "Hash"], rows, widths=(1, 1.4, 5), fixed=(2,)),
        Rows(
            ["At (UTC)", "By", "What", "Note"],
            continuity,
            caption="Continuity up to the making of this pack",
            widths=(2.2, 2, 2, 3),
        ),
    ]


def _period(content: Content) -> str:
    return f"from {shown(content.captured_from)} to {shown(content.captured_to)} UTC"


def _fields(row: Mapping[str, object]) -> Mapping[str, object]:
    fields = row.get("fields")
    return fields if isinstance(fields, Mapping) else {}


def _clock(offset_ms: float | None) -> str:
    return "not measured" if offset_ms is None else f"{offset_ms / 1000:+.3f} s"
