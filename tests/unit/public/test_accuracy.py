"""The share of reads that are right, from what is published: never tighter than the truth."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from openanpr.public.figures.accuracy import share_of
from openanpr.public.figures.catalogue import CHECKED, CHECKED_RIGHT, FIGURES
from openanpr.public.figures.protecting import Published, protect
from openanpr.reads.accuracy import LEAST, wilson

NOTHING = 1e-9


def published(right: int | None, checked: int | None):
    return Published(FIGURES[CHECKED_RIGHT], right), Published(FIGURES[CHECKED], checked)


def test_a_share_has_its_limits_in_words() -> None:
    share = share_of(*published(970, 1000))
    assert share
    assert share.text == "97% (95% limits 94% to 99%)"


def test_too_few_checks_give_no_share() -> None:
    assert share_of(*published(25, LEAST - 5)) is None
    assert share_of(*published(None, 400)) is None
    assert share_of(None, None) is None


@given(
    checked=st.integers(60, 5_000),
    wrong=st.integers(0, 50),
    key=st.binary(min_size=16, max_size=16),
)
def test_the_limits_hold_those_of_the_exact_counts(checked, wrong, key) -> None:
    counts = {CHECKED: checked, CHECKED_RIGHT: checked - wrong}
    made = {one.figure.key: one for one in protect(counts, month=date(2026, 10, 1), key=key)}
    share = share_of(made[CHECKED_RIGHT], made[CHECKED])
    if share is None:
        return
    low, high = wilson(checked - wrong, checked)
    assert share.low <= low + NOTHING
    assert share.high >= high - NOTHING
