"""The words of a reply and its paper. Fixed sentences, so that the same decision reads the same."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from openanpr.papers import Block, Bullets, Facts, Heading, Notice, Paper, Photograph, Rows, Text
from openanpr.rights.vocabulary import GROUND_NAMES, Ground, Kind, Outcome

_ASKED: Final = {
    Kind.ACCESS: "You asked what number plate records we hold about you.",
    Kind.RECTIFICATION: "You asked us to correct number plate records about you.",
    Kind.ERASURE: "You asked us to delete number plate records about you.",
    Kind.RESTRICTION: "You asked us to stop using number plate records about you.",
    Kind.FOI: "You asked for information under the Freedom of Information Act 2000.",
}
_ANSWERS: Final = {
    Outcome.FULL: "We grant your request. What we give you follows.",
    Outcome.PART: "We grant your request in part. What we give you follows.",
    Outcome.NOTHING: "There is nothing that we are required to give you or to change.",
    Outcome.NEITHER: (
        "We neither confirm nor deny that we hold what you asked about. Nothing in this letter "
        "should be taken to mean that we do or that we do not."
    ),
    Outcome.REFUSED: "We do not grant your request.",
}
_COMPLAIN: Final = (
    "You may ask us to look at this decision again; quote the reference above.",
    "You may complain to the Information Commissioner (ico.org.uk).",
    "You may ask a court to decide.",
)
_WHAT_IT_MEANS: Final = (
    "A read says that a camera took these characters from a plate. It does not say who drove, and "
    "a camera can misread a plate. Areas are given, not exact places: telling where cameras stand "
    "would help people to evade them. Times are in UTC."
)
_MOST_PICTURES: Final = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenRead:
    """A read as it leaves. ``plate`` and ``scene`` are JPEGs that a person has looked at."""

    number: int
    vrm: str
    captured_at: datetime
    area: str
    direction: str
    plate: bytes | None = None
    scene: bytes | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """Everything that a reply says. ``searches`` are lines about what was searched."""

    reference: str
    kind: Kind
    outcome: Outcome
    force: str
    made_at: datetime
    full_name: str
    letter: str = ""
    ground: Ground | None = None
    reads: Sequence[GivenRead] = ()
    withheld: int = 0
    searches: Sequence[str] = field(default_factory=tuple)
    retention: str = ""
    published_at: str = ""


def paper_of(reply: Reply) -> Paper:
    """The reply as a paper.

    One that neither confirms nor denies holds nothing but fixed words: no search, no count, no
    letter of its own, whatever is held.
    """
    return Paper(
        title="Reply to your request",
        subtitle=reply.full_name,
        force=reply.force,
        reference=reply.reference,
        made_at=reply.made_at,
        blocks=tuple(_blocks(reply)),
    )


def _blocks(reply: Reply) -> list[Block]:
    silent = reply.outcome is Outcome.NEITHER
    blocks: list[Block] = [Text(_ASKED[reply.kind]), Notice(_ANSWERS[reply.outcome])]
    if reply.ground is not None:
        blocks.append(Text(f"Ground: {GROUND_NAMES[reply.ground]}."))
    if reply.letter and not silent:
        blocks.append(Text(reply.letter))
    if reply.kind is Kind.FOI and reply.published_at:
        blocks.append(Text(f"Our figures are published at {reply.published_at}"))
    if reply.reads and not silent:
        blocks += _reads(reply)
    if reply.searches and not silent:
        blocks += [Heading("What we searched"), Bullets(tuple(reply.searches))]
    if reply.kind.is_personal:
        blocks += [Heading("About the records"), Text(_about(reply))]
    return [*blocks, Heading("If you disagree"), Bullets(_COMPLAIN)]


def _about(reply: Reply) -> str:
    return (
        "We read number plates to prevent, detect and investigate crime (Data Protection Act 2018, "
        f"part 3). {reply.retention} The cameras on the road are their source; other forces and "
        "the national system may receive them. You may ask us to correct, delete or restrict them."
    )


def _reads(reply: Reply) -> list[Block]:
    rows = [
        (
            str(read.number),
            read.vrm,
            f"{read.captured_at:%Y-%m-%d %H:%M:%S}",
            read.area,
            read.direction or "not known",
        )
        for read in reply.reads
    ]
    blocks: list[Block] = [
        Heading("Reads"),
        Facts([("Reads given", str(len(rows)))]),
        Text(_WHAT_IT_MEANS),
        Rows(header=("No", "Mark", "Captured (UTC)", "Area", "Direction"), rows=rows, fixed=(1,)),
    ]
    if reply.outcome is Outcome.PART:
        blocks.append(Notice("Some of what you asked for is held back."))
    pictures = [read for read in reply.reads if read.plate is not None]
    if pictures:
        blocks += [
            Heading("Pictures"),
            Text("Everything but the plate is painted over, since it may show other people."),
        ]
    for read in pictures[:_MOST_PICTURES]:
        if read.plate is not None:
            caption = f"Read {read.number}"
            blocks.append(Photograph(read.plate, f"The plate {read.vrm}", caption, width_mm=40))
    if len(pictures) > _MOST_PICTURES:
        blocks.append(Text("Further pictures are in the folder that came with this letter."))
    return blocks
