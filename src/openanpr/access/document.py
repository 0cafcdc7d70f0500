"""The policy as a document in words, made from the profiles' tables and the decisions."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from textwrap import fill

from openanpr.access.appointments import HOUSE as APPOINTMENTS
from openanpr.access.bands import before, slices
from openanpr.access.differences import DEMANDS
from openanpr.access.explain import CATEGORY_WORDS, RANK_WORDS, SENTENCES, moment
from openanpr.access.kinds import rule_of
from openanpr.access.profile import Band, Profile, Span
from openanpr.access.single_read import decide_read
from openanpr.access.vocabulary import (
    ALLOWING,
    Action,
    Appointment,
    Category,
    Counting,
    NotBy,
    Rank,
    Reason,
    RoleFit,
    SearchKind,
    Training,
)

_AT = datetime(2026, 6, 30, 12, tzinfo=UTC)

_INTRODUCTION = """\
# Who may see what: the access policy

<!-- Made by `openanpr policy document --output docs/access-policy.md`; change the tables. -->

This page is made from the tables that the program decides by. Nothing is allowed unless a row here
allows it. A refusal always gives every reason it has, and names the clause that it rests on.

## House rules

These hold in every profile. A profile may be stricter, never laxer.

1. **Purpose.** Nobody searches without an open investigation, its category and a reason in their
   own words. The searcher is a member of the investigation's team. What is asked lies within the
   investigation's scope.
2. **A search names something**: a mark, part of one, an area or a camera, and a period.
3. **Four eyes.** Nobody authorises themselves. Persons are counted, not accounts or ranks.
4. **Older reads never need less**: no band is open to more kinds of investigation, to more roles or
   with a lower rank than a younger one.
5. **An authorisation** opens what it names (period, marks, areas, people) and nothing else, from
   the moment it begins until it expires or is revoked. Several authorisations unite; restrictions
   intersect.
6. **A search over a period is split** where the rules change. What may be seen is shown; what may
   not is named with its reason.
7. **The roles of system manager, auditor, camera manager and professional standards open no
   reads.** Auditors see what was done, not what was seen.
8. **Held reads** (kept past retention for one investigation) open for that investigation only,
   under the rules of the oldest band.
9. **A covert list entry** never reaches a patrol: its alert opens only for people with the covert
   right in a unit that it names.
10. **An exact place** is shown only to people with the location right, and a camera is named in a
    search by them alone; others see and name areas.
11. **A count** leaves only as a published figure: late, for the whole force, with small numbers
    protected.
12. **A camera** collects while its authority is in force. Its case is decided, once complete, by an
   officer who wrote and signed none of it.
13. **Nobody appoints themselves**: roles, links to accounts and lost second factors are other
    people's to give and take, within one force.
14. **Vetting** that is not in force closes everything but one's own record.
"""

_ACTIONS: dict[Action, str] = {
    Action.SEARCH: "Search stored reads, under house rules 1 to 8 and the bands.",
    Action.VIEW: "Open one read that a search found; decided afresh when it is opened.",
    Action.IMAGE: "Open the pictures of such a read.",
    Action.EXPORT: "Take a result out: decided afresh, identity proved again, rows limited.",
    Action.ALERT: "Open an alert and its pictures, if routed to them, inside the alert window.",
    Action.LIST_CHANGE: "Change a list: reason, weed date, a second person where the list asks.",
    Action.LIST_MATCHING: "Have an entry match a pattern or marks near its own: two people.",
    Action.GRANT: "Authorise somebody else's request, with the rank that its oldest band asks for.",
    Action.AUDIT_VIEW: "See what others did, never the reads. Everybody sees their own record.",
    Action.COUNT: "Prepare published figures (house rule 11).",
    Action.RIGHTS: "See the reads that one open information request concerns, identity checked.",
    Action.CHECK: "See a plate patch to check its reading; no place, time, overview or look-up.",
    Action.PROFILE_CHANGE: "Change the profile in force: two people, with notice.",
    Action.CAMERA_CHANGE: "Keep the register: enter, suspend, put live, retire; no new authority.",
    Action.CAMERA_STOP: "Take a camera's authority away; it stops that minute.",
    Action.CAMERA_ASSESSMENT: "Sign a privacy impact assessment off; never one's own.",
    Action.CAMERA_DECISION: "Decide the case for a camera; none of those who wrote or signed it.",
    Action.APPOINT: "Give roles, let people in, take lost factors away: nobody for themselves.",
}

_KINDS: dict[SearchKind, str] = {
    SearchKind.MARK: "Where was this mark read?",
    SearchKind.NEAR: "The same, and reads one character off that may be misreads of it.",
    SearchKind.PART: "Where was a mark read that fits this part of one?",
    SearchKind.MARKS: "Where were any of these marks read?",
    SearchKind.PLACE: "Which marks were read at these cameras or in these areas?",
    SearchKind.COMMON: "Which marks were read at two or more of these scenes?",
    SearchKind.CONVOY: "Which marks passed the same cameras shortly before or after this one?",
    SearchKind.LINKED: "Which vehicles linked to the investigation's subjects were near a scene?",
    SearchKind.MOVEMENTS: "Journeys of this mark, the pauses between, first and last in each area.",
    SearchKind.CLONES: "Can one vehicle have made every read of this mark?",
    SearchKind.ONWARD: "Where was this mark read next, the times before?",
    SearchKind.ROUTE: "Which marks passed these places in this order?",
}

_TWO_PEOPLE: dict[Appointment, str] = {
    Appointment.ROLE: "giving one of the roles {roles}",
    Appointment.LINK: "a one-time link by which somebody takes an account over",
    Appointment.SECOND_FACTOR: "taking somebody's second factor away",
    Appointment.IDENTITY: "linking an account to somebody of the force's own sign-in",
}

_NOT_BY: dict[NotBy, str] = {
    NotBy.SELF: "the person who asks",
    NotBy.OWN_UNIT: "an officer of the unit that asks",
    NotBy.TEAM_MEMBER: "a member of the investigation's team",
}


def policy_document(profiles: Sequence[Profile]) -> str:
    """The whole document in Markdown, the same for the same tables."""
    parts = [_INTRODUCTION, _calendar()]
    parts += [_profile(profile) for profile in profiles]
    parts.append(_reasons())
    return "\n".join(parts)


def _calendar() -> str:
    rows = [
        (moment(at), str(span), moment(before(at, span)))
        for at, span in (
            (datetime(2026, 11, 22, 12, tzinfo=UTC), Span(days=90)),
            (datetime(2028, 2, 29, 12, tzinfo=UTC), Span(months=12)),
            (datetime(2028, 3, 1, 12, tzinfo=UTC), Span(months=12)),
            (datetime(2026, 8, 31, 12, tzinfo=UTC), Span(months=18)),
        )
    ]
    return (
        "## How ages are counted\n\n"
        + _paragraph(
            "Back from the moment of the question, in UTC; days as 24 hours, months and years by",
            "the calendar. Where the month has no such day, its last day stands. A read at the",
            "bound or earlier is past it; later, it is under it. Where a profile counts",
            "whole days, a read is past the bound for the whole day on which it would reach it.",
        )
        + _table(("The question is asked at", "Bound", "The bound lies at"), rows)
    )


def _profile(profile: Profile) -> str:
    tolerance = int(profile.clock_tolerance.total_seconds())
    counting = "by the instant" if profile.counting is Counting.INSTANTS else "by whole days"
    pairs = "; ".join(sorted(" and ".join(sorted(pair)) for pair in profile.incompatible_roles))
    barred = ", ".join(_NOT_BY[one] for one in NotBy if one in profile.authorisation.not_by)
    return "\n".join(
        [
            f"## Profile {profile.name}, version {profile.version}\n",
            f"{profile.title}. Source: {profile.source}.\n",
            _paragraph(
                f"Reads are kept for {profile.retention} and then denied and removed. Ages are",
                f"counted {counting}. A read stamped up to {tolerance} seconds ahead of the clock",
                "counts as new; further ahead it is refused.",
            ),
            "### By age and kind of investigation\n",
            _grid(profile),
            _paragraph(
                'A rank stands for "with an authorisation in force by an officer of that rank or',
                f'above". These may not authorise: {barred}. One authorisation lasts at most',
                f"{profile.authorisation.longest.days} days.",
            ),
            "### By action\n",
            _table(
                ("Action", "Roles", "Valid training", "What it is"),
                [
                    (
                        action.value,
                        _words(profile.actions[action].roles),
                        "needed" if profile.actions[action].trained else "not needed",
                        _ACTIONS[action],
                    )
                    for action in Action
                ],
            ),
            _paragraph(f"No one person holds both of: {pairs}."),
            _appointments(profile),
            "### By kind of search\n",
            _kinds(profile),
            _following(profile),
            _near(profile),
            _misuse(profile),
            "### Limits\n",
            _limits(profile),
        ]
    )


def _kinds(profile: Profile) -> str:
    rows = []
    for kind in SearchKind:
        rule = rule_of(kind, profile=profile)
        bounds = [
            f"captures of at most {rule.longest // timedelta(hours=1)} hours"
            if rule.longest
            else "",
            f"at least {rule.least_characters} characters given" if rule.least_characters else "",
            f"at most {rule.most_marks} marks" if rule.most_marks else "",
        ]
        rows.append(
            (kind.value, _words(rule.roles), "; ".join(filter(None, bounds)) or "-", _KINDS[kind])
        )
    return _table(("Kind", "Roles", "Bounds", "What it asks"), rows)


def _near(profile: Profile) -> str:
    rows = [
        (
            kind.value,
            f"{rule.within_metres} m",
            _words(rule.searches),
            _words(rule.categories),
            RANK_WORDS[rule.lowest_rank] if rule.lowest_rank else "nobody",
            "yes" if rule.pictures else "no",
            str(rule.open_for or profile.retention),
        )
        for kind, rule in profile.near.items()
    ]
    heads = (
        "Near a",
        "Within",
        "Searches",
        "Investigations",
        "The rest opens",
        "Pictures",
        "Open for",
    )
    return "### Near sensitive places\n\n" + _table(heads, rows) if rows else ""


def _appointments(profile: Profile) -> str:
    rule = profile.appointments or APPOINTMENTS
    acts = [
        words.format(roles=_words(rule.two_people_roles))
        for act, words in _TWO_PEOPLE.items()
        if act in rule.two_people
    ]
    if not acts:
        return _paragraph("One person alone gives roles and links and takes factors away.")
    return _paragraph(f"Two people are needed for {'; '.join(acts)}.")


def _following(profile: Profile) -> str:
    rule = profile.following
    if rule is None:
        return _paragraph("No number of searches for one mark counts as following it.")
    return _paragraph(
        f"After {rule.searches} searches for one mark within {rule.within.days} days for one",
        "investigation, each further one says under which surveillance authority the mark is",
        "followed, or why none is needed. The auditor is told.",
    )


def _misuse(profile: Profile) -> str:
    if not profile.misuse:
        return _paragraph("No sign of misuse holds up a search.")
    rows = [
        (sign.value.replace("-", " "), DEMANDS[rule.demand], str(rule.least), f"{rule.within.days}")
        for sign, rule in profile.misuse.items()
    ]
    return (
        _paragraph("A search that shows a sign of misuse is challenged before it is answered.")
        + "\n"
        + _table(("Sign", "What it takes", "From how many", "In days"), rows)
    )


def _grid(profile: Profile) -> str:
    """Band by category, each cell asked of the decision at the oldest instant of the band."""
    heads = ("Age", *(CATEGORY_WORDS[one] for one in Category if one is not Category.NONE))
    pieces = {piece.name: piece.start for piece in slices(at=_AT, profile=profile)}
    rows = []
    younger: Band | None = None
    for band in profile.bands:
        since = f"{younger.until} to under " if younger else "under "
        cells = [
            _cell(profile, pieces[band.name], category)
            for category in Category
            if category is not Category.NONE
        ]
        limited = f" ({_words(band.roles)} only)" if band.roles is not None else ""
        rows.append((f"{since}{band.until}{limited}", *cells))
        younger = band
    rows.append((f"{profile.retention} and over", *(["no"] * (len(heads) - 1))))
    return _table(heads, rows)


def _cell(profile: Profile, captured_at: datetime, category: Category) -> str:
    for rank in (None, *Rank):
        decision = decide_read(
            captured_at=captured_at,
            category=category,
            authorised_by=rank,
            authoriser_is_self=None if rank is None else False,
            training=Training.VALID,
            role_fit=RoleFit.RELEVANT,
            profile=profile,
            at=_AT,
        )
        if decision.allowed:
            return "yes" if rank is None else RANK_WORDS[rank]
    return "no"


def _limits(profile: Profile) -> str:
    limits, cases = profile.limits, profile.camera_cases
    hour = 3600
    rows = [
        ("The case for a camera is decided by", f"{RANK_WORDS[cases.decided_by]} or above"),
        ("Where one is exceptional there", f"{RANK_WORDS[cases.exceptional_by]} or above"),
        ("Longest time to a camera's review", f"{cases.review.days} days"),
        ("Rows shown by one search", f"{limits.search_rows}"),
        ("Rows taken out by one export", f"{limits.export_rows}"),
        ("An alert opens for", f"{int(limits.alert_window.total_seconds()) // hour} hours"),
        (
            "A figure is published after",
            f"{int(limits.figure_delay.total_seconds()) // hour} hours",
        ),
        ("Longest time to an entry's weed date", f"{limits.list_entry_longest.days} days"),
        (
            "Notice of a change of profile",
            f"{int(limits.profile_change_notice.total_seconds()) // hour} hours",
        ),
        ("Plate picture", f"{limits.plate_image_bytes} bytes"),
        ("Overview picture", f"{limits.overview_image_bytes} bytes"),
        (
            "A session ends unused after",
            f"{int(limits.session_idle.total_seconds()) // 60} minutes",
        ),
        ("A session ends after", f"{int(limits.session_longest.total_seconds()) // hour} hours"),
        (
            "Identity proved again within",
            f"{int(limits.step_up.total_seconds()) // 60} minutes",
        ),
    ]
    return _table(("Limit", "Setting"), rows)


def _reasons() -> str:
    rows = [
        (reason.value, "yes" if reason in ALLOWING else "no", SENTENCES[reason])
        for reason in Reason
    ]
    return "## Reasons\n\n" + _table(("Word", "Answer", "In plain words"), rows)


def _paragraph(*lines: str) -> str:
    return fill(" ".join(lines), 100, break_long_words=False, break_on_hyphens=False) + "\n"


def _words(words: Iterable[str]) -> str:
    return ", ".join(sorted(words))


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"
