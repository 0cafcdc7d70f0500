from datetime import timedelta

import pytest

from openanpr.alerts.ages import age, length
from tests.unit.alerts.cases import AT


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (timedelta(seconds=59), "under a minute"),
        (timedelta(minutes=1), "1 minute"),
        (timedelta(minutes=59, seconds=59), "59 minutes"),
        (timedelta(hours=1), "1 hour"),
        (timedelta(hours=47), "1 day"),
        (timedelta(days=3, hours=1), "3 days"),
    ],
)
def test_a_span_is_said_in_its_largest_whole_unit(span: timedelta, words: str) -> None:
    assert length(span) == words


def test_a_clock_a_little_behind_gives_no_negative_age() -> None:
    assert age(AT + timedelta(seconds=2), at=AT) == "under a minute"
