"""Jobs are done once, survive their process, and wait no longer than they must."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction

from openanpr.jobs import kinds
from openanpr.jobs.claiming import Claims
from openanpr.jobs.kinds import JobFailed, JobKind, Task
from openanpr.jobs.models import Job
from openanpr.jobs.running import do_one
from openanpr.jobs.services import ask_for
from openanpr.jobs.vocabulary import Lane

AT = datetime(2026, 11, 22, 14, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


class Work:
    """A kind of job whose calls are noted, and which fails as it is told."""

    def __init__(self) -> None:
        self.calls: list[dict[str, Any]] = []
        self.raises: Exception | None = None

    def __call__(self, task: Task) -> None:
        self.calls.append(dict(task.arguments))
        task.say("Half way")
        if self.raises:
            raise self.raises


@pytest.fixture
def work(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Work]:
    work = Work()
    monkeypatch.setitem(kinds._kinds, "test", JobKind(name="test", run=work, attempts=2))
    return work


@pytest.fixture
def claims(connect_as: Any) -> Claims:
    return Claims(connect_as("openanpr_jobs"))


def the_job() -> Job:
    return Job.objects.get()


def do(claims: Claims, at: datetime = AT) -> bool:
    return do_one(claims, Lane.BULK, now=lambda: at)


def test_a_job_is_done_once_with_its_arguments(work: Work, claims: Claims) -> None:
    ask_for("test", {"import": "x"}, at=AT, by=7)
    assert do(claims)
    assert not do(claims)
    assert work.calls == [{"import": "x"}]
    assert (the_job().state, the_job().asked_by, the_job().progress) == ("done", 7, "")


def test_what_was_rolled_back_was_never_asked_for(work: Work, claims: Claims) -> None:
    with transaction.atomic():
        ask_for("test", {}, at=AT)
        transaction.set_rollback(True)
    assert not do(claims)


def test_a_job_of_a_dead_process_is_done_by_another(
    work: Work, claims: Claims, connect_as: Any
) -> None:
    ask_for("test", {}, at=AT)
    dying = connect_as("openanpr_jobs")
    taken = Claims(dying).take(["test"], at=AT)
    assert taken is not None
    assert not do(claims)
    dying.close()
    for _ in range(50):
        if do(claims):
            break
    assert len(work.calls) == 1
    assert (the_job().state, the_job().attempts) == ("done", 2)


def test_a_job_that_fails_is_tried_again_later_and_then_given_up(
    work: Work, claims: Claims
) -> None:
    ask_for("test", {}, at=AT)
    work.raises = RuntimeError("OA30AAA")
    assert do(claims)
    assert not do(claims)
    assert "OA30AAA" not in the_job().problem
    assert do(claims, AT + MINUTE)
    assert not do(claims, AT + 60 * MINUTE)
    assert (the_job().state, len(work.calls)) == ("failed", 2)


def test_what_cannot_be_done_is_told_at_once(work: Work, claims: Claims) -> None:
    ask_for("test", {}, at=AT)
    work.raises = JobFailed("The list is closed.")
    assert do(claims)
    assert (the_job().state, the_job().problem) == ("failed", "The list is closed.")


def test_one_that_waits_stands_for_another_of_its_name(work: Work, claims: Claims) -> None:
    for _ in range(3):
        ask_for("test", {}, at=AT, due_at=AT + MINUTE, once="lists")
    assert not do(claims)
    assert do(claims, AT + MINUTE)
    ask_for("test", {}, at=AT, once="lists")
    assert do(claims)
    assert len(work.calls) == 2


def test_recurring_work_is_asked_for_when_its_time_has_come(work: Work, claims: Claims) -> None:
    for minutes in (0, 1, 61):
        claims.ask_for_recurring("test", timedelta(hours=1), at=AT + minutes * MINUTE)
        do(claims, AT + minutes * MINUTE)
    assert len(work.calls) == 2


def test_what_ended_long_ago_is_cleared_away(work: Work, claims: Claims) -> None:
    ask_for("test", {}, at=AT)
    do(claims)
    claims.clear_away(at=AT + timedelta(days=29))
    assert Job.objects.count() == 1
    claims.clear_away(at=AT + timedelta(days=31))
    assert Job.objects.count() == 0
