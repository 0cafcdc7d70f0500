"""Type faces of number plates as parameters of one set of drawn characters.

No font file is used. A face is a range for each parameter; a variant is one point in those
ranges, chosen by its number, so that the same (face, variant) is always the same alphabet.
"""

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

import numpy as np

Face = Literal[
    "charles-wright",
    "charles-wright-wide",
    "anti-forgery",
    "engineering",
    "dutch",
    "narrow",
    "round",
]
FACES: tuple[Face, ...] = (
    "charles-wright",
    "charles-wright-wide",
    "anti-forgery",
    "engineering",
    "dutch",
    "narrow",
    "round",
)

TRAINING_VARIANTS = range(120)
DEMO_VARIANTS = range(900, 904)


@dataclass(frozen=True, slots=True)
class Alphabet:
    """The parameters of one drawn alphabet; lengths in millimetres."""

    width: float = 50.0
    height: float = 79.0
    stroke: float = 14.0
    radius: float = 16.0  # of bowls, at the stroke's centre line
    middle: float = 0.5  # height of crossbars, as a fraction from the top
    terminal: float = 0.16  # length of the hooks of C, G, S, 2, 3 ..., fraction of height
    one: Literal["bar", "flag", "serif"] = "bar"
    letter_i: Literal["bar", "serif"] = "bar"
    zero: Literal["same", "narrow", "slashed", "cut", "oval"] = "same"
    m_vertex: float = 0.6  # depth of the vertex of M
    w_vertex: float = 0.4  # height of the vertex of W
    four_open: bool = False
    six_straight: bool = False
    flat_three: bool = False
    leg: float = 0.35  # where the leg of R starts, fraction of the width
    a_flat: float = 0.0  # width of the flat apex of A
    q_tail: float = 0.22
    wide_mw: float = 1.0  # width of M and W against the others
    narrow_e: float = 1.0  # width of E, F, L, J against the others
    bowl: float = 0.0  # how much the upper bowl of B, 8, 3 is narrower
    gap: float = 0.0  # cut in closed bowls, as in faces made hard to alter
    shear: float = 0.0


@lru_cache(maxsize=2048)
def alphabet(face: Face, variant: int) -> Alphabet:
    """Return the parameters of a face's variant; variant 0 is the face as published."""
    base = _BASE[face]
    if variant == 0:
        return base
    rng = np.random.default_rng((FACES.index(face), variant, 0x0A17))
    if face.startswith("charles-wright"):
        return _vary_british(base, rng)
    return _vary(base, rng)


_BASE: dict[Face, Alphabet] = {
    "charles-wright": Alphabet(),
    "charles-wright-wide": Alphabet(width=57.0, radius=18.0),
    "anti-forgery": Alphabet(
        width=47.0,
        height=75.0,
        stroke=10.5,
        radius=15.0,
        one="flag",
        letter_i="serif",
        zero="oval",
        leg=0.45,
        gap=0.0,
        terminal=0.2,
        m_vertex=0.55,
        q_tail=0.26,
        narrow_e=0.95,
    ),
    "engineering": Alphabet(
        width=42.0,
        height=75.0,
        stroke=10.0,
        radius=20.0,
        one="flag",
        zero="narrow",
        leg=0.5,
        terminal=0.14,
        m_vertex=0.7,
        w_vertex=0.7,
        six_straight=False,
    ),
    "dutch": Alphabet(
        width=43.0,
        height=77.0,
        stroke=10.5,
        radius=12.0,
        one="flag",
        zero="cut",
        gap=0.0,
        terminal=0.12,
        wide_mw=1.2,
        m_vertex=0.5,
        leg=0.5,
    ),
    "narrow": Alphabet(
        width=36.0,
        height=78.0,
        stroke=10.0,
        radius=14.0,
        one="flag",
        zero="same",
        m_vertex=0.9,
        w_vertex=0.8,
        wide_mw=1.25,
        terminal=0.12,
    ),
    "round": Alphabet(
        width=52.0,
        height=78.0,
        stroke=11.0,
        radius=30.0,
        one="serif",
        zero="narrow",
        letter_i="bar",
        m_vertex=1.0,
        w_vertex=0.9,
        wide_mw=1.2,
        narrow_e=0.85,
        terminal=0.12,
    ),
}


def _vary_british(base: Alphabet, rng: np.random.Generator) -> Alphabet:
    return replace(
        base,
        width=base.width * rng.uniform(0.94, 1.05),
        stroke=base.stroke * rng.uniform(0.78, 1.1),
        radius=base.radius * rng.uniform(0.6, 1.3),
        middle=rng.uniform(0.46, 0.54),
        terminal=rng.uniform(0.1, 0.22),
        one="bar" if rng.random() < 0.72 else ("flag" if rng.random() < 0.6 else "serif"),
        letter_i="bar" if rng.random() < 0.9 else "serif",
        m_vertex=rng.uniform(0.45, 0.85),
        w_vertex=rng.uniform(0.3, 0.92),
        four_open=bool(rng.random() < 0.1),
        six_straight=bool(rng.random() < 0.15),
        flat_three=bool(rng.random() < 0.08),
        leg=rng.uniform(0.25, 0.55),
        a_flat=rng.choice([0.0, 0.1, 0.25]),
        q_tail=rng.uniform(0.18, 0.3),
        wide_mw=1.0 if rng.random() < 0.7 else rng.uniform(1.0, 1.2),
        narrow_e=1.0 if rng.random() < 0.8 else rng.uniform(0.88, 1.0),
        bowl=rng.choice([0.0, 0.0, 0.06]),
    )


def _vary(base: Alphabet, rng: np.random.Generator) -> Alphabet:
    return replace(
        base,
        width=base.width * rng.uniform(0.88, 1.12),
        stroke=base.stroke * rng.uniform(0.8, 1.25),
        radius=base.radius * rng.uniform(0.55, 1.5),
        middle=rng.uniform(0.44, 0.56),
        terminal=base.terminal * rng.uniform(0.7, 1.4),
        one=base.one if rng.random() < 0.6 else str(rng.choice(["bar", "flag", "serif"])),  # type: ignore[arg-type]
        letter_i=base.letter_i if rng.random() < 0.6 else "bar",
        zero=base.zero if rng.random() < 0.5 else str(rng.choice(["same", "narrow", "oval"])),  # type: ignore[arg-type]
        m_vertex=rng.uniform(0.4, 1.0),
        w_vertex=rng.uniform(0.3, 0.95),
        four_open=bool(rng.random() < 0.15),
        six_straight=bool(rng.random() < 0.25),
        flat_three=bool(rng.random() < 0.2),
        leg=rng.uniform(0.2, 0.6),
        a_flat=rng.choice([0.0, 0.1, 0.25]),
        q_tail=rng.uniform(0.16, 0.32),
        wide_mw=rng.uniform(1.0, 1.3),
        narrow_e=rng.uniform(0.8, 1.0),
        bowl=rng.choice([0.0, 0.05, 0.1]),
        gap=rng.choice([0.0, 0.0, 0.0, 0.05]),
    )
