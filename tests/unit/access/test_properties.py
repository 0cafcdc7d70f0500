"""What holds for every question, whoever asks it: the properties of the policy."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.access.people import AT, MARK, OTHER_MARK, actor, grant, investigation, query

from openanpr.access.bands import band_of, retention_edge
from openanpr.access.decide import SearchDecision, decide_read, decide_search, decide_view
from openanpr.access.explain import explain, explain_search
from openanpr.access.facts import (
    Actor,
    GrantFacts,
    InvestigationFacts,
    Profile,
    ScopePart,
    SearchQuery,
)
from openanpr.access.profiles import load_profile
from openanpr.access.vocabulary import (
    ALLOWING,
    Category,
    Counting,
    Rank,
    Reason,
    Role,
    RoleFit,
    Training,
)

ESSEX = load_profile("essex-2y")
EXAMPLE = load_profile("example-12m")
profiles = st.sampled_from([ESSEX, EXAMPLE, replace(ESSEX, counting=Counting.DAYS)])

people = st.sampled_from(["person-1", "person-2", "person-9"])
marks = st.none() | st.frozensets(st.sampled_from([MARK, OTHER_MARK]), max_size=2)
areas = st.none() | st.frozensets(st.sampled_from(["north", "south"]), max_size=2)
days = st.integers(-2, 800).map(lambda number: AT - timedelta(days=number))
edges = st.sampled_from(
    [AT, *(band_of(AT, at=AT, profile=ESSEX).start + timedelta(microseconds=n) for n in (-1, 0, 1))]
)
instants = days | edges


@st.composite
def periods(draw: st.DrawFn) -> tuple[datetime, datetime]:
    start, end = sorted((draw(instants), draw(instants)))
    return start, end + timedelta(microseconds=1)


@st.composite
def grants(draw: st.DrawFn, number: int = 0) -> GrantFacts:
    start, end = draw(periods())
    return grant(
        grant_id=f"grant-{number}",
        authoriser_person_id=draw(people),
        authoriser_rank=draw(st.sampled_from(Rank)),
        requester_person_id=draw(st.none() | people),
        valid_from=AT - timedelta(days=draw(st.integers(-1, 30))),
        expires_at=AT + timedelta(days=draw(st.integers(-1, 30))),
        revoked_at=draw(
            st.sampled_from([None, None, AT - timedelta(days=1), AT, AT + timedelta(days=1)])
        ),
        start=start,
        end=end,
        vrms=draw(marks),
        camera_areas=draw(areas),
        person_ids=draw(st.none() | st.frozensets(people, max_size=2)),
        investigation_reference=draw(st.sampled_from(["INV-1", "INV-1", "INV-2"])),
    )


@st.composite
def questions(draw: st.DrawFn) -> dict[str, Any]:
    """A whole search question, more often allowed than not."""
    start, end = draw(periods())
    limits = draw(st.none() | periods())
    return {
        "actor": actor(
            roles=draw(st.frozensets(st.sampled_from(Role), max_size=2)) | {Role.SEARCHER},
            training=draw(st.sampled_from([Training.VALID, Training.VALID, Training.LAPSED])),
            location_right=draw(st.booleans()),
            covert_right=draw(st.booleans()),
        ),
        "query": query(
            vrm=draw(st.sampled_from([MARK, None])),
            vrms=draw(marks),
            camera_areas=draw(areas),
            pattern="OA*",
            start=start,
            end=end,
        ),
        "investigation": investigation(
            category=draw(st.sampled_from([Category.MAJOR, *Category])),
            vrms=draw(st.none() | marks),
            camera_areas=draw(st.none() | areas),
            start=limits[0] if limits else None,
            end=limits[1] if limits else None,
            has_holds=draw(st.booleans()),
        ),
        "grants": [draw(grants(number)) for number in range(draw(st.integers(0, 3)))],
        "profile": draw(profiles),
        "at": AT,
    }


Cell = tuple[datetime, str, str]


def probes(question: dict[str, Any]) -> list[datetime]:
    """Instants at which any answer could change: every edge there is, and its neighbours."""
    asked: SearchQuery = question["query"]
    found = {asked.start, asked.end - timedelta(microseconds=1)}
    for one in question["grants"]:
        found |= {one.start, one.end - timedelta(microseconds=1), one.end}
    decision = decide_search(**question)
    found |= {part.start for part in decision.parts}
    found |= {part.end - timedelta(microseconds=1) for part in decision.parts}
    return sorted(one for one in found if asked.start <= one < asked.end)


def in_part(part: ScopePart, cell: Cell) -> bool:
    moment, vrm, area = cell
    return (
        part.start <= moment < part.end
        and (part.vrms is None or vrm in part.vrms)
        and (part.camera_areas is None or area in part.camera_areas)
    )


def cells(moments: Iterable[datetime]) -> set[Cell]:
    return {(m, v, a) for m in moments for v in (MARK, OTHER_MARK) for a in ("north", "south")}


def seen(decision: SearchDecision, moments: Iterable[datetime]) -> set[Cell]:
    """Which of the probe cells the scope opens."""
    parts = decision.scope.parts if decision.scope else ()
    return {cell for cell in cells(moments) if any(in_part(part, cell) for part in parts)}


@settings(max_examples=50)
@given(question=questions())
def test_the_parts_tile_the_period(question: dict[str, Any]) -> None:
    decision = decide_search(**question)
    asked: SearchQuery = question["query"]
    assert decision.parts[0].start == asked.start
    assert decision.parts[-1].end == asked.end
    for left, right in pairwise(decision.parts):
        assert left.end == right.start
    assert decision.allowed is any(part.allowed for part in decision.parts)
    assert (decision.scope is not None) is decision.allowed


@settings(max_examples=50)
@given(question=questions())
def test_the_scope_lies_within_question_grant_band_and_retention(question: dict[str, Any]) -> None:
    decision = decide_search(**question)
    if decision.scope is None:
        return
    facts: InvestigationFacts = question["investigation"]
    profile: Profile = question["profile"]
    asked: SearchQuery = question["query"]
    by_id = {one.grant_id: one for one in question["grants"]}
    oldest = retention_edge(at=AT, profile=profile)
    for part in decision.scope.parts:
        assert asked.start <= part.start < part.end <= asked.end
        assert part.start >= oldest or part.held_only
        assert facts.has_holds or not part.held_only
        assert_within(part.vrms, asked.marks)
        assert_within(part.vrms, facts.vrms)
        assert_within(part.camera_areas, asked.camera_areas)
        assert_within(part.camera_areas, facts.camera_areas)
        band = profile.bands[-1] if part.held_only else profile.band_named(part.band)
        assert band is not None
        assert facts.category in band.categories
        if band.lowest_rank is None:
            assert part.grant_id is None
            continue
        assert part.grant_id is not None
        assert_opens(by_id[part.grant_id], part, band.lowest_rank)


def assert_within(inner: frozenset[str] | None, outer: frozenset[str] | None) -> None:
    if outer is not None:
        assert inner is not None
        assert inner <= outer
    assert inner is None or inner


def assert_opens(given_by: GrantFacts, part: ScopePart, lowest: Rank) -> None:
    """The grant is alive, reaches the part, and was given by somebody else of sufficient rank."""
    assert given_by.valid_from <= AT < given_by.expires_at
    assert given_by.revoked_at is None or given_by.revoked_at > AT
    assert given_by.authoriser_person_id not in {"person-1", given_by.requester_person_id}
    assert list(Rank).index(given_by.authoriser_rank) >= list(Rank).index(lowest)
    assert given_by.investigation_reference == "INV-1"
    assert given_by.person_ids is None or "person-1" in given_by.person_ids
    assert given_by.start <= part.start < part.end <= given_by.end
    assert_within(part.vrms, given_by.vrms)
    assert_within(part.camera_areas, given_by.camera_areas)


@settings(max_examples=50)
@given(question=questions(), later=st.timedeltas(timedelta(0), timedelta(days=60)))
def test_nothing_is_opened_by_a_grant_after_its_expiry(
    question: dict[str, Any], later: timedelta
) -> None:
    at = AT + later
    decision = decide_search(**question | {"at": at})
    ids = {part.grant_id for part in decision.scope.parts} if decision.scope else set()
    for one in question["grants"]:
        longest = question["profile"].authorisation.longest
        if at >= min(one.expires_at, one.valid_from + longest):
            assert one.grant_id not in ids


@settings(max_examples=80)
@given(question=questions(), taken=st.data())
def test_taking_a_right_away_never_opens_anything(
    question: dict[str, Any], taken: st.DataObject
) -> None:
    who: Actor = question["actor"]
    facts: InvestigationFacts = question["investigation"]
    grants_given: list[GrantFacts] = question["grants"]
    fewer_marks = frozenset({MARK}) if facts.vrms is None else facts.vrms & {MARK}
    lesser: list[dict[str, Any]] = [
        {"actor": replace(who, roles=who.roles - {role})} for role in who.roles
    ]
    lesser += [
        {"actor": replace(who, training=Training.NONE)},
        {"actor": replace(who, vetted=False)},
        {"actor": replace(who, location_right=False)},
        {"actor": replace(who, covert_right=False)},
        {"investigation": replace(facts, open=False)},
        {"investigation": replace(facts, member_person_ids=frozenset())},
        {"investigation": replace(facts, category=Category.NONE)},
        {"investigation": replace(facts, vrms=fewer_marks)},
        {"investigation": replace(facts, has_holds=False)},
        {"investigation": None},
        {"query": replace(question["query"], reason="")},
    ]
    lesser += [
        {"grants": [one for one in grants_given if one is not gone]} for gone in grants_given
    ]
    lesser += [
        {"grants": [replace(one, authoriser_rank=Rank.CONSTABLE) for one in grants_given]},
        {"grants": [replace(one, expires_at=AT) for one in grants_given]},
    ]
    less = taken.draw(st.sampled_from(lesser))
    moments = probes(question)
    fuller, poorer = decide_search(**question), decide_search(**question | less)
    assert seen(poorer, moments) <= seen(fuller, moments)
    if poorer.scope is not None:
        assert fuller.scope is not None
        assert fuller.scope.show_location >= poorer.scope.show_location
        assert fuller.scope.show_images >= poorer.scope.show_images
        assert fuller.scope.include_covert >= poorer.scope.include_covert


@settings(max_examples=50)
@given(question=questions())
def test_opening_a_read_is_answered_as_the_search_that_would_find_it(
    question: dict[str, Any],
) -> None:
    decision = decide_search(**question)
    asked: SearchQuery = question["query"]
    reachable = [
        cell
        for cell in cells(probes(question))
        if (asked.marks is None or cell[1] in asked.marks)
        and (asked.camera_areas is None or cell[2] in asked.camera_areas)
    ]
    found = seen(decision, probes(question))
    for cell in reachable:
        view = decide_view(
            actor=question["actor"],
            captured_at=cell[0],
            investigation=question["investigation"],
            grants=question["grants"],
            profile=question["profile"],
            at=AT,
            vrm=cell[1],
            camera_area=cell[2],
            held=question["investigation"].has_holds,
        )
        assert view.allowed is (cell in found)


@settings(max_examples=50)
@given(question=questions())
def test_every_denial_has_a_reason_a_clause_and_a_sentence(question: dict[str, Any]) -> None:
    decision = decide_search(**question)
    profile: Profile = question["profile"]
    for part in decision.parts:
        assert part.findings
        assert all(one.clause for one in part.findings)
        assert all((one.reason in ALLOWING) is part.allowed for one in part.findings)
    sentences = explain_search(decision, profile=profile)
    assert len(sentences) == len(decision.parts)
    assert all("(" in sentence and sentence.endswith(".") for sentence in sentences)
    assert not any(MARK in sentence or "north" in sentence for sentence in sentences)


reads = st.fixed_dictionaries(
    {
        "category": st.sampled_from(Category),
        "authorised_by": st.none() | st.sampled_from(Rank),
        "authoriser_is_self": st.none() | st.booleans(),
        "training": st.sampled_from([Training.VALID, Training.VALID, *Training]),
        "role_fit": st.sampled_from([RoleFit.RELEVANT, RoleFit.RELEVANT, RoleFit.NONE]),
        "profile": profiles,
    }
)


@given(read=reads, one=instants, other=instants)
def test_an_older_read_never_needs_less(
    read: dict[str, Any], one: datetime, other: datetime
) -> None:
    older, younger = sorted((one, other))
    if decide_read(captured_at=older, at=AT, **read).allowed:
        young = decide_read(captured_at=younger, at=AT, **read)
        assert young.allowed or young.reasons == (Reason.CAPTURED_IN_THE_FUTURE,)


@given(read=reads, captured_at=instants, rank=st.sampled_from(Rank))
def test_no_rank_authorises_itself(read: dict[str, Any], captured_at: datetime, rank: Rank) -> None:
    own = read | {"authorised_by": rank, "authoriser_is_self": True}
    without = read | {"authorised_by": None, "authoriser_is_self": None}
    by_self = decide_read(captured_at=captured_at, at=AT, **own)
    alone = decide_read(captured_at=captured_at, at=AT, **without)
    assert by_self.allowed is alone.allowed


@given(read=reads, captured_at=instants, rank=st.sampled_from(Rank), higher=st.sampled_from(Rank))
def test_a_higher_rank_never_opens_less(
    read: dict[str, Any], captured_at: datetime, rank: Rank, higher: Rank
) -> None:
    low, high = sorted((rank, higher), key=list(Rank).index)
    by_low = decide_read(captured_at=captured_at, at=AT, **read | {"authorised_by": low})
    by_high = decide_read(captured_at=captured_at, at=AT, **read | {"authorised_by": high})
    assert by_high.allowed or not by_low.allowed


@given(read=reads, captured_at=instants)
def test_every_answer_has_reasons_of_its_own_kind(
    read: dict[str, Any], captured_at: datetime
) -> None:
    decision = decide_read(captured_at=captured_at, at=AT, **read)
    assert decision.reasons
    assert all((reason in ALLOWING) is decision.allowed for reason in decision.reasons)
    assert all(one.clause for one in decision.findings)
    words = explain(decision, profile=read["profile"])
    assert len(words) == len(decision.findings)
