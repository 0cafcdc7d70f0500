"""The machine, driven by one flow: a list is proposed, approved, reviewed, or it lapses."""

from collections.abc import Sequence
from dataclasses import FrozenInstanceError, dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openanpr.workflow import (
    CLOCK,
    Against,
    Flow,
    FlowError,
    Move,
    Refused,
    State,
    Step,
    is_overdue,
    lapse,
    move,
    open_moves,
    state_of,
)

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Answer:
    allowed: bool
    reasons: Sequence[str] = ()


@dataclass(frozen=True)
class Facts:
    manager: bool = True


def managers(facts: Facts, at: datetime) -> Answer:
    assert at.tzinfo is UTC
    return Answer(facts.manager, () if facts.manager else ("role-not-relevant", "not-trained"))


STATES = (
    State(name="proposed", due=timedelta(days=7)),
    State(name="in-force", due=timedelta(days=28), lapse="expire"),
    State(name="refused"),
    State(name="expired"),
)
MOVES: tuple[Move[Facts], ...] = (
    Move(name="propose", sources=frozenset(), target="proposed", may=managers),
    Move(
        name="approve",
        sources=frozenset({"proposed"}),
        target="in-force",
        may=managers,
        evidence=frozenset({"assessment", "purpose"}),
        not_by=frozenset({"propose"}),
    ),
    Move(name="refuse", sources=frozenset({"proposed"}), target="refused", may=managers),
    Move(
        name="review",
        sources=frozenset({"in-force"}),
        target="in-force",
        may=managers,
        needs_reason=False,
    ),
    Move(name="expire", sources=frozenset({"in-force"}), target="expired", may=None),
)
FLOW = Flow(name="list", states=STATES, moves=MOVES)
EVIDENCE = {"assessment": "doc-1", "purpose": "doc-2"}


def make(history: Sequence[Step], name: str, person: str, at: datetime, **more: Any) -> Any:
    usual: dict[str, Any] = {
        "subject": "list-1",
        "user_id": f"{person}-account",
        "facts": Facts(),
        "reason": " needed ",
    }
    return move(flow=FLOW, history=history, name=name, person_id=person, at=at, **usual | more)


def proposed() -> list[Step]:
    step = make([], "propose", "ann", AT)
    assert isinstance(step, Step)
    return [step]


def in_force() -> list[Step]:
    step = make(proposed(), "approve", "bob", AT + HOUR, evidence=EVIDENCE)
    assert isinstance(step, Step)
    return [*proposed(), step]


def test_a_list_goes_into_force_by_two_people() -> None:
    history = in_force()
    assert history[0] == Step(
        flow="list",
        subject="list-1",
        sequence=1,
        move="propose",
        source=None,
        target="proposed",
        person_id="ann",
        user_id="ann-account",
        at=AT,
        reason="needed",
        due_at=AT + timedelta(days=7),
    )
    assert history[1] == Step(
        flow="list",
        subject="list-1",
        sequence=2,
        move="approve",
        source="proposed",
        target="in-force",
        person_id="bob",
        user_id="bob-account",
        at=AT + HOUR,
        reason="needed",
        evidence=(("assessment", "doc-1"), ("purpose", "doc-2")),
        due_at=AT + HOUR + timedelta(days=28),
    )
    assert state_of(FLOW, []) is None
    assert state_of(FLOW, history) == STATES[1]


def test_a_step_is_never_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        proposed()[0].reason = "other"  # type: ignore[misc]


@pytest.mark.parametrize(
    ("name", "person", "more", "reasons", "missing"),
    [
        ("fly", "bob", {}, [Against.UNKNOWN_MOVE], []),
        ("propose", "bob", {}, [Against.NOT_FROM_HERE], []),
        ("review", "bob", {}, [Against.NOT_FROM_HERE], []),
        ("refuse", "bob", {"subject": "list-2"}, [Against.NOT_FROM_HERE], []),
        ("expire", "bob", {}, [Against.NOT_FROM_HERE, Against.ONLY_BY_THE_CLOCK], []),
        ("refuse", "bob", {"reason": " "}, [Against.REASON_REQUIRED], []),
        (
            "refuse",
            "bob",
            {"facts": Facts(manager=False)},
            ["role-not-relevant", "not-trained"],
            [],
        ),
        ("approve", "ann", {"evidence": EVIDENCE}, [Against.OTHER_PERSON_REQUIRED], []),
        (
            "approve",
            "ann",
            {"evidence": EVIDENCE, "user_id": "second-account"},
            [Against.OTHER_PERSON_REQUIRED],
            [],
        ),
        ("approve", "bob", {}, [Against.EVIDENCE_REQUIRED], ["assessment", "purpose"]),
        (
            "approve",
            "bob",
            {"evidence": EVIDENCE | {"purpose": " "}},
            [Against.EVIDENCE_REQUIRED],
            ["purpose"],
        ),
        (
            "approve",
            "ann",
            {"reason": "", "facts": Facts(manager=False)},
            [
                Against.REASON_REQUIRED,
                Against.EVIDENCE_REQUIRED,
                Against.OTHER_PERSON_REQUIRED,
                "role-not-relevant",
                "not-trained",
            ],
            ["assessment", "purpose"],
        ),
    ],
)
def test_a_refusal_gives_every_reason(
    name: str, person: str, more: dict[str, Any], reasons: list[str], missing: list[str]
) -> None:
    answer = make(proposed(), name, person, AT + HOUR, **more)
    assert answer == Refused(tuple(reasons), tuple(missing))


def test_only_the_first_move_begins() -> None:
    assert make([], "approve", "bob", AT, evidence=EVIDENCE) == Refused((Against.NOT_FROM_HERE,))


def test_a_move_that_needs_no_reason() -> None:
    step = make(in_force(), "review", "ann", AT + 2 * HOUR, reason="")
    assert isinstance(step, Step)
    assert step.reason == ""
    assert step.due_at == AT + 2 * HOUR + timedelta(days=28)


def test_time_does_not_run_backwards() -> None:
    early = make(proposed(), "refuse", "bob", AT - HOUR)
    assert early == Refused((Against.BEFORE_THE_LAST_STEP,))
    assert isinstance(make(proposed(), "refuse", "bob", AT), Step)


def test_a_state_without_lapse_is_only_overdue() -> None:
    due = AT + timedelta(days=7)
    instant = timedelta(microseconds=1)
    assert not is_overdue(flow=FLOW, history=[], at=due)
    assert not is_overdue(flow=FLOW, history=proposed(), at=due - instant)
    assert is_overdue(flow=FLOW, history=proposed(), at=due)
    assert lapse(flow=FLOW, history=proposed(), at=due) is None
    assert isinstance(make(proposed(), "refuse", "bob", due), Step)


def test_a_state_that_lapses_does_so_at_its_due_moment() -> None:
    history = in_force()
    due = AT + HOUR + timedelta(days=28)
    assert lapse(flow=FLOW, history=[], at=due) is None
    assert lapse(flow=FLOW, history=history, at=due - timedelta(microseconds=1)) is None
    step = lapse(flow=FLOW, history=history, at=due + timedelta(days=3))
    assert step == Step(
        flow="list",
        subject="list-1",
        sequence=3,
        move="expire",
        source="in-force",
        target="expired",
        person_id=CLOCK,
        user_id=CLOCK,
        at=due,
        reason="not done in time",
    )
    assert make(history, "review", "ann", due) == Refused((Against.LAPSED,))
    ended = [*history, step]
    assert FLOW.is_final("expired")
    assert not FLOW.is_final("in-force")
    assert not is_overdue(flow=FLOW, history=ended, at=due + timedelta(days=900))
    assert lapse(flow=FLOW, history=ended, at=due + timedelta(days=900)) is None


def test_the_moves_that_a_screen_offers() -> None:
    def offered(history: list[Step], person: str, facts: Facts, at: datetime) -> tuple[str, ...]:
        return open_moves(
            flow=FLOW, history=history, subject="list-1", person_id=person, facts=facts, at=at
        )

    later = AT + HOUR
    assert offered([], "ann", Facts(), AT) == ("propose",)
    assert offered(proposed(), "ann", Facts(), later) == ("refuse",)
    assert offered(proposed(), "bob", Facts(), later) == ("approve", "refuse")
    assert offered(proposed(), "bob", Facts(manager=False), later) == ()
    assert offered(in_force(), "bob", Facts(), later) == ("review",)


def test_stored_steps_that_do_not_follow_are_noticed() -> None:
    first, second = in_force()
    for broken in (
        [second],
        [first, first],
        [replace(first, sequence=2)],
        [first, replace(second, source="refused")],
        [first, replace(second, flow="camera")],
        [first, replace(second, subject="list-2")],
        [replace(first, flow="camera")],
        [replace(first, target="gone")],
    ):
        with pytest.raises(FlowError):
            state_of(FLOW, broken)


@pytest.mark.parametrize(
    ("states", "moves", "sentence"),
    [
        ((*STATES, STATES[0]), MOVES, "names a state twice"),
        (STATES, (*MOVES, MOVES[2]), "names a move twice"),
        (STATES, (), "no move that begins"),
        (STATES, MOVES[1:], "no move that begins"),
        (STATES, (*MOVES, replace(MOVES[0], name="again")), "two moves that begin"),
        ((*STATES, State(name="lost")), MOVES, "a state that no move reaches"),
        (STATES[:3], MOVES, "moves by expire between states it does not have"),
        (
            STATES,
            (*MOVES[:4], replace(MOVES[4], sources=frozenset({"gone"}))),
            "moves by expire between states",
        ),
        (
            STATES,
            (MOVES[0], replace(MOVES[1], not_by=frozenset({"fly"})), *MOVES[2:]),
            "bars from approve by a move",
        ),
        (
            (STATES[0], replace(STATES[1], lapse="fly"), *STATES[2:]),
            MOVES,
            "cannot lapse from in-force by fly",
        ),
        (
            (STATES[0], replace(STATES[1], due=None), *STATES[2:]),
            MOVES,
            "cannot lapse from in-force",
        ),
        (
            (STATES[0], replace(STATES[1], lapse="refuse"), *STATES[2:]),
            MOVES,
            "cannot lapse from in-force",
        ),
    ],
)
def test_a_flow_that_contradicts_itself_is_refused(
    states: tuple[State, ...], moves: tuple[Move[Facts], ...], sentence: str
) -> None:
    with pytest.raises(FlowError, match=sentence):
        Flow(name="list", states=states, moves=moves)


def test_a_state_is_found_by_name() -> None:
    assert FLOW.state("refused") == STATES[2]
    with pytest.raises(FlowError, match="the flow list has no state gone"):
        FLOW.state("gone")


tries = st.lists(
    st.tuples(
        st.sampled_from([one.name for one in MOVES]),
        st.sampled_from(["ann", "bob"]),
        st.integers(-3, 40),
        st.booleans(),
    ),
    max_size=8,
)


@given(tried=tries)
def test_whatever_is_tried_the_history_stays_whole(
    tried: list[tuple[str, str, int, bool]],
) -> None:
    history: list[Step] = []
    at = AT
    for name, person, days, manager in tried:
        at = max(at, AT) + timedelta(days=days)
        answer = make(history, name, person, at, facts=Facts(manager), evidence=EVIDENCE)
        if isinstance(answer, Step):
            history.append(answer)
        else:
            assert answer.reasons
    state_of(FLOW, history)
    assert [step.at for step in history] == sorted(step.at for step in history)
    by = {step.move: step.person_id for step in history}
    assert "approve" not in by or by["approve"] != by["propose"]
    assert "expire" not in by
