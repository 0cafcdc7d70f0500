"""A paper is data: what people typed stays what they typed, and the same paper is the same file."""

import re
from dataclasses import replace
from datetime import UTC, datetime

import cv2
import numpy as np
import pytest

from openanpr.imaging import OVERVIEW_LIMITS, encode_jpeg
from openanpr.papers import (
    Block,
    Bullets,
    Drawing,
    Facts,
    Heading,
    NewPage,
    Notice,
    Paper,
    PaperProblem,
    Photograph,
    Rows,
    Text,
    to_pdf,
    to_png,
)

TRICKY = '#pagebreak() *no* $x$ [a] <b> \\ "quoted" // x /* y @z ~ `raw` #{1+1} \x00\x1b é Łódź'
BAR = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9"/></svg>'


def photograph() -> bytes:
    return encode_jpeg(np.full((60, 90, 3), 120, np.uint8), limits=OVERVIEW_LIMITS)


def paper(*blocks: Block) -> Paper:
    return Paper(
        title="Dossier",
        force="Example Force",
        reference="CASE/12",
        made_at=datetime(2026, 11, 22, 9, 5, tzinfo=UTC),
        blocks=blocks,
    )


EVERYTHING = (
    Heading("One"),
    Text(TRICKY),
    Notice(TRICKY),
    Bullets([TRICKY, "two"]),
    Facts([("Who", TRICKY), (TRICKY, "\nwhy\n")]),
    Heading("Two", 2),
    Rows(["Mark", "Hash"], [[TRICKY, "a" * 64]] * 80, widths=[1, 2], fixed=[1]),
    Rows(["Nothing"], []),
    NewPage(),
    Photograph(photograph(), "a grey field", TRICKY),
    Drawing(BAR, "a square"),
)


def test_it_is_a_tagged_pdf_and_the_same_each_time() -> None:
    made = to_pdf(paper(*EVERYTHING))
    assert made.startswith(b"%PDF-")
    assert b"/StructTreeRoot" in made
    assert b"/Alt" in made
    assert made == to_pdf(paper(*EVERYTHING))
    assert made != to_pdf(replace(paper(*EVERYTHING), watermark="Copy 2"))


def test_what_people_typed_is_never_markup() -> None:
    plain = to_png(paper(Text("x")))
    tricky = replace(
        paper(Text(TRICKY)), title=TRICKY, subtitle=TRICKY, marking=TRICKY, watermark=TRICKY
    )
    assert len(to_png(tricky)) == len(plain) == 1


def test_a_long_word_stays_in_its_column() -> None:
    (page,) = to_png(paper(Rows(["A", "B"], [["w" * 400, ""]], widths=[1, 1])))
    picture = cv2.imdecode(np.frombuffer(page, np.uint8), cv2.IMREAD_GRAYSCALE)
    assert picture is not None
    body = picture[220:600]
    assert (body[:, : body.shape[1] // 2] < 100).any()
    assert not (body[:, int(body.shape[1] * 0.52) :] < 100).any()


@pytest.mark.parametrize(
    ("block", "says"),
    [
        (Rows([], []), "no columns"),
        (Rows(["a", "b"], [["1", "2"], ["3"]]), "row 2 of a table has 1 cells, not 2"),
        (Rows(["a"], [], widths=[1, 2]), "2 widths"),
        (Heading("x", 5), "level 5"),
        (Photograph(b"no picture", "x"), "cannot be printed"),
        (Photograph(photograph(), " "), "no text for those who cannot see it"),
        (Drawing('<svg><image href="http://a.example/x.png"/></svg>', "x"), "outside itself"),
        (Drawing("<svg><style>a{b:url(http://a.example)}</style></svg>", "x"), "outside itself"),
        (Drawing("<svg", "x"), "cannot be set"),
    ],
)
def test_what_cannot_be_printed_is_told(block: Block, says: str) -> None:
    with pytest.raises(PaperProblem, match=re.escape(says)):
        to_pdf(paper(block))


def test_a_date_without_a_zone_is_refused() -> None:
    with pytest.raises(PaperProblem, match="no time zone"):
        to_pdf(replace(paper(), made_at=datetime(2026, 1, 1, tzinfo=UTC).replace(tzinfo=None)))
