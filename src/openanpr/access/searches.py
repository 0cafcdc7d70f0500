"""Searching, and opening, picturing and exporting what was found: one core decides.

A period is cut at the edges of the bands, of the grants and of the investigation's own scope;
each piece is decided by itself, and equal neighbours are joined again. Restrictions intersect,
grants unite.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from openanpr.access import kinds, misuse, near, rules
from openanpr.access.authority import Opened, Wanted, covered, opened_by_grants
from openanpr.access.bands import HELD, RESOLUTION, Slice, split, utc
from openanpr.access.decisions import Decision, Finding, PartDecision, SearchDecision
from openanpr.access.facts import Actor, GrantFacts, InvestigationFacts, SearchQuery
from openanpr.access.profile import Profile
from openanpr.access.scope import Scope, ScopePart
from openanpr.access.vocabulary import Action, Category, PlaceKind, Reason, SearchKind

_NONE: frozenset[PlaceKind] = frozenset()
_UNTOLD = "\N{NULL}"
"""A name that no grant and no investigation can list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Question:
    """The facts that hold for every piece of one question.

    ``general`` are the findings against all of it; ``with_holds``: reads past retention are held
    for it.
    """

    action: Action
    actor: Actor
    investigation: InvestigationFacts | None
    grants: tuple[GrantFacts, ...]
    profile: Profile
    at: datetime
    wanted: Wanted
    general: rules.Findings
    with_holds: bool
    kind: SearchKind | None = None


@dataclass(frozen=True, slots=True)
class _Judged:
    part: PartDecision
    opened: tuple[Opened, ...]
    closed_near: frozenset[PlaceKind] = frozenset()


def decide_search(
    *,
    actor: Actor,
    query: SearchQuery,
    investigation: InvestigationFacts | None,
    grants: Iterable[GrantFacts],
    profile: Profile,
    at: datetime,
) -> SearchDecision:
    """Decide on a search: which parts of it, in which scope.

    A search needs a role that searches, valid training, an open investigation of a known category
    with the actor in its team, a reason in words, a mark, pattern, area or camera, and a period;
    and a grant in the bands that ask for one.
    """
    return _decide_query(
        _question(Action.SEARCH, actor, query, investigation, grants, profile, at), query
    )


def decide_export(
    *,
    actor: Actor,
    query: SearchQuery,
    investigation: InvestigationFacts | None,
    grants: Iterable[GrantFacts],
    profile: Profile,
    at: datetime,
    rows: int,
    stepped_up: bool,
) -> SearchDecision:
    """Decide on taking a result out: the search decided afresh, and the export's rules.

    ``rows`` is how many reads would leave; ``stepped_up`` whether the person proved again who
    they are.
    """
    further: rules.Findings = ()
    if rows > profile.limits.export_rows:
        further += rules.denied(Reason.TOO_MANY_ROWS, "limits.export_rows")
    if not stepped_up:
        further += rules.denied(Reason.STEP_UP_REQUIRED, "house.step-up")
    question = _question(Action.EXPORT, actor, query, investigation, grants, profile, at)
    return _decide_query(replace(question, general=question.general + further), query)


def decide_view(
    *,
    actor: Actor,
    captured_at: datetime,
    investigation: InvestigationFacts | None,
    grants: Iterable[GrantFacts],
    profile: Profile,
    at: datetime,
    vrm: str | None = None,
    camera_area: str | None = None,
    held: bool = False,
) -> Decision:
    """Decide on opening one read that a search found, at the moment it is opened.

    Give ``vrm`` and ``camera_area``: where a grant or the investigation is limited to marks or
    areas, a read whose own is not told is outside. ``held``: the read is kept past retention for
    this investigation.
    """
    question = _Question(
        action=Action.VIEW,
        actor=actor,
        investigation=investigation,
        grants=tuple(grants),
        profile=profile,
        at=at,
        wanted=Wanted(frozenset({vrm or _UNTOLD}), frozenset({camera_area or _UNTOLD})),
        general=_general(Action.VIEW, actor, investigation, profile),
        with_holds=held,
    )
    return _decide_one(question, captured_at)


def decide_image(
    *,
    actor: Actor,
    captured_at: datetime,
    investigation: InvestigationFacts | None,
    grants: Iterable[GrantFacts],
    profile: Profile,
    at: datetime,
    vrm: str | None = None,
    camera_area: str | None = None,
    held: bool = False,
) -> Decision:
    """Decide on opening one read's pictures: ``decide_view``, for roles that see pictures.

    (The pictures of an alert open with the alert: ``decide_alert``.)
    """
    seen = decide_view(
        actor=actor,
        captured_at=captured_at,
        investigation=investigation,
        grants=grants,
        profile=profile,
        at=at,
        vrm=vrm,
        camera_area=camera_area,
        held=held,
    )
    against = rules.may_act(actor, Action.IMAGE, profile=profile)
    if not against:
        return replace(seen, action=Action.IMAGE)
    findings = against if seen.allowed else rules.united([against, seen.findings])
    return replace(seen, action=Action.IMAGE, allowed=False, findings=findings)


def _general(
    action: Action, actor: Actor, investigation: InvestigationFacts | None, profile: Profile
) -> rules.Findings:
    return rules.may_act(actor, action, profile=profile) + rules.investigation(
        investigation, actor=actor
    )


def _question(
    action: Action,
    actor: Actor,
    query: SearchQuery,
    investigation: InvestigationFacts | None,
    grants: Iterable[GrantFacts],
    profile: Profile,
    at: datetime,
) -> _Question:
    general = _general(action, actor, investigation, profile)
    general += rules.stated_reason(query.reason)
    named = (query.marks, query.pattern, query.near, query.companions_of)
    if not any((*named, query.camera_areas, query.camera_ids)):
        general += rules.denied(Reason.SEARCH_TOO_OPEN, "house.search")
    general += kinds.of_kind(actor, query, profile=profile)
    general += kinds.following(query, profile=profile)
    general += misuse.challenged(query, profile=profile)
    return _Question(
        action=action,
        actor=actor,
        investigation=investigation,
        grants=tuple(grants),
        profile=profile,
        at=at,
        wanted=Wanted(query.marks, query.camera_areas),
        general=rules.united([general]),
        with_holds=investigation is not None and investigation.has_holds,
        kind=query.kind,
    )


def _decide_one(question: _Question, captured_at: datetime) -> Decision:
    moment = utc(captured_at)
    piece = split(moment, moment + RESOLUTION, at=question.at, profile=question.profile)[0]
    part = _judge(question, piece).part
    return Decision(
        action=question.action,
        allowed=part.allowed,
        findings=part.findings,
        profile=question.profile.label,
        band=part.band,
    )


def _decide_query(question: _Question, query: SearchQuery) -> SearchDecision:
    pieces = [
        piece
        for start, end in query.periods
        for piece in split(
            start, end, at=question.at, profile=question.profile, cuts=_cuts(question)
        )
    ]
    judged = _joined([_judge(question, piece) for piece in pieces])
    opened = [one for one in judged if one.part.allowed]
    parts = tuple(one.part for one in _joined([replace(one, closed_near=_NONE) for one in judged]))
    if pieces:
        findings = rules.united(one.part.findings for one in (opened or judged))
    else:
        empty = rules.denied(Reason.PERIOD_EMPTY, "house.period")
        findings = rules.united([question.general, empty])
    return SearchDecision(
        action=question.action,
        allowed=bool(opened),
        parts=parts,
        scope=_scope(question, query, opened),
        findings=findings,
        profile=question.profile.label,
    )


def _cuts(question: _Question) -> frozenset[datetime]:
    facts = question.investigation
    edges = [(facts.start, facts.end)] if facts is not None else []
    edges += [(grant.start, grant.end) for grant in _own_grants(question)]
    shorter = near.cuts(profile=question.profile, at=question.at)
    return shorter | frozenset(edge for pair in edges for edge in pair if edge is not None)


def _own_grants(question: _Question) -> list[GrantFacts]:
    reference = question.investigation.reference if question.investigation else None
    return [one for one in question.grants if one.investigation_reference == reference]


def _judge(question: _Question, piece: Slice) -> _Judged:
    """One piece: everything that speaks against it, or what opens it."""
    if question.with_holds:
        piece = rules.held(piece, profile=question.profile)
    facts = question.investigation
    category = facts.category if facts else Category.NONE
    against = question.general + rules.age(piece)
    within = _within_investigation(question, piece)
    if within is None:
        against += rules.denied(Reason.OUTSIDE_INVESTIGATION, "house.investigation-scope")
    wanted = within or question.wanted
    opened: tuple[Opened, ...] = (Opened(None, wanted),)
    if piece.band is not None:
        against += rules.band_category(category, piece.band)
        against += rules.band_roles(question.actor.roles, piece.band)
    if piece.band is not None and piece.band.lowest_rank is not None:
        opened, failed = opened_by_grants(
            wanted,
            piece,
            piece.band,
            grants=_own_grants(question),
            actor=question.actor,
            profile=question.profile,
            at=question.at,
        )
        against += failed
    if against:
        return _Judged(_part(piece, rules.united([against]), allowed=False), ())
    withheld: rules.Findings = ()
    if not wanted.covers(question.wanted):
        withheld += rules.denied(Reason.OUTSIDE_INVESTIGATION, "house.investigation-scope")
    if not covered(wanted, opened):
        withheld += rules.denied(Reason.OUTSIDE_AUTHORISATION, "house.authorisation-scope")
    part = replace(
        _part(piece, rules.yes(piece.band), allowed=True),
        grant_ids=tuple(one.grant_id for one in opened if one.grant_id is not None),
        withheld=withheld,
    )
    closed = near.closed_near(
        wanted,
        piece,
        kind=question.kind,
        category=category,
        grants=_own_grants(question),
        actor=question.actor,
        profile=question.profile,
        at=question.at,
    )
    return _Judged(part, opened, closed)


def _within_investigation(question: _Question, piece: Slice) -> Wanted | None:
    facts = question.investigation
    if facts is None:
        return question.wanted
    if facts.start is not None and piece.start < facts.start:
        return None
    if facts.end is not None and piece.end > facts.end:
        return None
    return question.wanted.narrowed(vrms=facts.vrms, camera_areas=facts.camera_areas)


def _part(piece: Slice, findings: tuple[Finding, ...], *, allowed: bool) -> PartDecision:
    return PartDecision(
        band=piece.name, start=piece.start, end=piece.end, allowed=allowed, findings=findings
    )


def _joined(judged: list[_Judged]) -> list[_Judged]:
    """Neighbours whose answers are equal in everything but their period, made one."""
    joined: list[_Judged] = []
    for one in judged:
        last = joined[-1] if joined else None
        if (
            last
            and last.part.end == one.part.start
            and last.opened == one.opened
            and last.closed_near == one.closed_near
            and one.part == replace(last.part, start=one.part.start, end=one.part.end)
        ):
            joined[-1] = replace(last, part=replace(last.part, end=one.part.end))
        else:
            joined.append(one)
    return joined


def _scope(question: _Question, query: SearchQuery, opened: list[_Judged]) -> Scope | None:
    actor, profile = question.actor, question.profile
    facts = question.investigation
    if not opened or facts is None:
        return None
    exporting = question.action is Action.EXPORT
    return Scope(
        parts=tuple(
            ScopePart(
                start=one.part.start,
                end=one.part.end,
                band=one.part.band,
                vrms=each.wanted.vrms,
                camera_areas=each.wanted.camera_areas,
                grant_id=each.grant_id,
                held_only=one.part.band == HELD,
                closed_near=one.closed_near,
            )
            for one in opened
            for each in one.opened
        ),
        investigation_reference=facts.reference,
        category=facts.category,
        profile=profile.label,
        decided_at=question.at,
        row_limit=profile.limits.export_rows if exporting else profile.limits.search_rows,
        show_location=actor.location_right,
        show_images=not rules.may_act(actor, Action.IMAGE, profile=profile),
        include_covert=actor.covert_right,
        pattern=query.pattern,
        near=query.near,
        companions_of=query.companions_of,
        camera_ids=query.camera_ids,
        no_pictures_near=near.without_pictures(profile),
        near_rules=profile.near,
        kind=query.kind,
    )
