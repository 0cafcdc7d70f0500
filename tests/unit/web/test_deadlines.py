"""Whose a thing that falls due is, and how it is counted."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from openanpr.access.facts import Actor
from openanpr.access.vocabulary import Rank, Role, Training
from openanpr.assurance.stages import stage_of
from openanpr.web.deadlines import Deadline, waiting

AT = datetime(2026, 3, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)
AUDITOR = Actor(
    person_id="P1",
    user_id="7",
    force="FX",
    unit="Desk",
    rank=Rank.CONSTABLE,
    roles=frozenset({Role.AUDITOR}),
    training=Training.VALID,
)
DUE = Deadline(
    key="x", sentence="Do it", due_at=AT, url_name="home", roles=frozenset({Role.AUDITOR})
)


@pytest.mark.parametrize(
    ("changes", "concerned"),
    [
        ({}, True),
        ({"roles": frozenset({Role.SEARCHER})}, False),
        ({"roles": frozenset(), "accounts": frozenset({7})}, True),
        ({"roles": frozenset(), "accounts": frozenset({8})}, False),
        ({"force": "FX"}, True),
        ({"force": "GX"}, False),
        ({"not_by": "P1"}, False),
        ({"not_by": "P1", "accounts": frozenset({7})}, False),
        ({"covert": True}, False),
        ({"roles": frozenset()}, False),
    ],
)
def test_whom_it_concerns(changes, concerned):
    assert replace(DUE, **changes).concerns(AUDITOR) is concerned


def test_what_is_covert_concerns_who_may_know_of_it():
    assert replace(DUE, covert=True).concerns(replace(AUDITOR, covert_right=True))


@pytest.mark.parametrize(
    ("days", "stage"),
    [(15, None), (14, "soon"), (1, "soon"), (0, "overdue-0"), (-6, "overdue-0"), (-7, "overdue-1")],
)
def test_the_stages_of_reminding(days, stage):
    assert stage_of(replace(DUE, due_at=AT + days * DAY), at=AT) == stage


@pytest.mark.parametrize(
    ("days", "sentence"),
    [
        ([], "0 things fall due within 14 days."),
        ([-1], "1 thing is overdue."),
        ([-1, 0], "2 things are overdue."),
        ([3], "1 thing falls due within 14 days."),
        ([-1, -2, 3], "2 things are overdue and 1 falls due within 14 days."),
        ([-1, 3, 4, 40], "1 thing is overdue and 2 fall due within 14 days."),
    ],
)
def test_the_count_says_what_waits(days, sentence):
    due = [replace(DUE, due_at=AT + number * DAY) for number in days]
    assert waiting(due, at=AT).sentence == sentence
