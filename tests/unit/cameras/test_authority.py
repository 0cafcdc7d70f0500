"""When a camera may collect: rows in, stretches of time out."""

from datetime import UTC, datetime, timedelta

import pytest

from openanpr.cameras.authority import (
    Ending,
    Grant,
    Kind,
    Standing,
    Stretch,
    covers,
    standing,
    stretches,
)

START = datetime(2026, 1, 1, tzinfo=UTC)
DAY = timedelta(days=1)
INSTANT = timedelta(microseconds=1)


def day(number: int) -> datetime:
    return START + number * DAY


def grant(kind: str, since: int, *, review: int | None = None, end: int | None = None) -> Grant:
    return Grant(
        kind=Kind(kind),
        valid_from=day(since),
        review_due_at=None if review is None else day(review),
        ends_at=None if end is None else day(end),
    )


DECIDED = grant("decided", 0, review=10)


@pytest.mark.parametrize(
    ("grants", "expected"),
    [
        ([], ()),
        ([DECIDED], (Stretch(day(0), day(10), Ending.REVIEW),)),
        (
            [grant("decided", 0, review=10, end=4)],
            (Stretch(day(0), day(4), Ending.DEPLOYMENT),),
        ),
        ([grant("other-force", 0)], (Stretch(day(0)),)),
        ([DECIDED, grant("withdrawn", 3)], (Stretch(day(0), day(3), Ending.WITHDRAWN),)),
        ([DECIDED, grant("renewed", 9, review=20)], (Stretch(day(0), day(20), Ending.REVIEW),)),
        (
            [DECIDED, grant("lapsed", 10), grant("renewed", 12, review=20)],
            (Stretch(day(0), day(10), Ending.REVIEW), Stretch(day(12), day(20), Ending.REVIEW)),
        ),
        (
            [DECIDED, grant("withdrawn", 3), grant("decided", 5, review=20)],
            (Stretch(day(0), day(3), Ending.WITHDRAWN), Stretch(day(5), day(20), Ending.REVIEW)),
        ),
        ([grant("decided", 5, review=5)], ()),
    ],
    ids=[
        "none", "to its review", "temporary", "another force's", "withdrawn", "renewed in time",
        "renewed too late", "decided anew", "of no length",
    ],
)  # fmt: skip
def test_the_stretches(grants: list[Grant], expected: tuple[Stretch, ...]) -> None:
    assert stretches(grants) == expected


def test_a_camera_stops_at_the_instant_and_not_before() -> None:
    authority = stretches([DECIDED])
    assert standing(authority, at=day(10) - INSTANT) == Standing(
        collects=True, end=day(10), ending=Ending.REVIEW
    )
    assert standing(authority, at=day(10)) == Standing(
        collects=False, end=day(10), ending=Ending.REVIEW
    )
    assert standing(authority, at=day(0)).collects
    assert standing(authority, at=day(0) - INSTANT).ending is Ending.NEVER_GIVEN
    assert standing((), at=day(0)).ending is Ending.NEVER_GIVEN


def test_what_was_collected_without_authority_stays_outside() -> None:
    authority = stretches([DECIDED, grant("lapsed", 10), grant("renewed", 12, review=20)])
    assert covers(authority, day(9))
    assert not covers(authority, day(11))
    assert covers(authority, day(12))
