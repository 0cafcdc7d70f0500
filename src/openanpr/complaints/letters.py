"""A letter to a complainant: the force's words with the complaint's own, as text and as a paper."""

from collections.abc import Iterator
from datetime import datetime
from importlib.resources import files

from openanpr.complaints import queries
from openanpr.complaints.flow import clocks
from openanpr.complaints.models import Complaint
from openanpr.complaints.vocabulary import LETTER_NAMES, LetterKind
from openanpr.papers import Block, Bullets, Heading, Paper, Text
from openanpr.web.dates import day

PLACEHOLDERS = (
    *("name", "reference", "received", "answer_by", "next", "force", "contact"),
    *("told", "found", "learning"),
)
"""What a letter may name in braces; every other brace stays as it is."""


def shipped_letter(kind: LetterKind) -> str:
    """The text that comes with the product."""
    return files("openanpr.complaints").joinpath("texts", f"{kind}.md").read_text(encoding="utf-8")


def letter_body(kind: LetterKind) -> str:
    """The text in use, with its placeholders."""
    own = queries.letter_text(kind)
    return own.body if own is not None else shipped_letter(kind)


def letter_for(
    complaint: Complaint,
    kind: LetterKind,
    *,
    contact: str,
    at: datetime,
    told: str = "",
    body: str | None = None,
) -> str:
    """The whole letter as text. ``told``: what was told or found. ``contact``: the way to us."""
    values = {
        "name": complaint.name,
        "reference": complaint.reference,
        "received": day(complaint.received_at),
        "answer_by": day(complaint.answer_by),
        "next": day(at + clocks().progress),
        "force": complaint.force.name,
        "contact": contact,
        "told": told,
        "found": told,
        "learning": complaint.learning or "Nothing had to be changed.",
    }
    return filled(letter_body(kind) if body is None else body, values)


def filled(body: str, values: dict[str, str]) -> str:
    """``body`` with its placeholders filled in once: what people wrote is never one."""
    parts = body.split("{")
    text = parts[0]
    for part in parts[1:]:
        name, closed, rest = part.partition("}")
        text += f"{values[name]}{rest}" if closed and name in values else "{" + part
    return text


def as_paper(text: str, *, kind: LetterKind, complaint: Complaint, at: datetime) -> Paper:
    """The letter as it is printed."""
    return Paper(
        title=LETTER_NAMES[kind],
        force=complaint.force.name,
        reference=complaint.reference,
        made_at=at,
        blocks=tuple(_blocks(text)),
    )


def _blocks(text: str) -> Iterator[Block]:
    for part in text.replace("\r\n", "\n").split("\n\n"):
        plain = part.strip().replace("**", "")
        if not plain:
            continue
        if plain.startswith("## "):
            yield Heading(plain.removeprefix("## "))
        elif plain.startswith("- "):
            yield Bullets([line.removeprefix("- ") for line in plain.splitlines()])
        else:
            yield Text(plain)
