"""What a case lacks before it is consulted on or decided."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from openanpr.governance.standing import PARTS, CaseStanding, before_consulting, before_deciding

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
WHOLE = CaseStanding(
    complete=dict.fromkeys(PARTS, True),
    cameras=1,
    evidence=1,
    signed_off=True,
    asks=True,
    covert=False,
    needs_assessment=True,
    consults_from=AT - timedelta(days=30),
    consults_until=AT,
)


def without(*parts: str) -> dict[str, Any]:
    return {"complete": {name: name not in parts for name in PARTS}}


@pytest.mark.parametrize(
    ("changes", "open_points"),
    [
        ({}, ()),
        (without("need"), ("Not completed: the need, ground by ground",)),
        (without("overlap"), ("Not completed: gaps and overlaps",)),
        (without("assessment"), ("Not completed: privacy: full assessment",)),
        ({**without("assessment"), "needs_assessment": False}, ()),
        (without("outcome"), ("Not completed: what was said, and what was changed",)),
        ({**without("public", "outcome"), "asks": False, "consults_until": None}, ()),
        ({"consults_until": None}, ("The consultation is not over",)),
        ({"consults_until": AT + timedelta(seconds=1)}, ("The consultation is not over",)),
        ({"evidence": 0}, ("No evidence is attached",)),
        (
            {"signed_off": False},
            ("The data protection officer has not signed off the assessment as it stands",),
        ),
        ({"cameras": 0}, ("No camera of the register is named",)),
    ],
)
def test_before_deciding(changes: dict[str, Any], open_points: tuple[str, ...]) -> None:
    assert before_deciding(replace(WHOLE, **changes), at=AT) == open_points


def test_nothing_is_complete_at_first() -> None:
    empty = replace(
        WHOLE, complete={}, cameras=0, evidence=0, signed_off=False, asks=None, consults_until=None
    )
    assert len(before_deciding(empty, at=AT)) == 9
    assert len(before_consulting(empty)) == 5


@pytest.mark.parametrize(
    ("changes", "open_points"),
    [
        ({}, ()),
        (without("overlap", "assessment", "outcome"), ()),
        (without("public"), ("Not completed: what the public is told",)),
        ({"asks": False}, ("The case says that nobody is consulted",)),
        (
            {"covert": True},
            ("A covert site is not put before the public: say why nobody is consulted",),
        ),
    ],
)
def test_before_consulting(changes: dict[str, Any], open_points: tuple[str, ...]) -> None:
    assert before_consulting(replace(WHOLE, **changes)) == open_points
