"""A decision in plain English, for the screen and for the audit row.

Every sentence ends with where it comes from: the profile's label and clause, or the house rule.
No sentence holds a mark, a place or a person.
"""

from datetime import datetime

from openanpr.access.bands import HELD, utc
from openanpr.access.decisions import Decision, Finding, PartDecision, SearchDecision
from openanpr.access.profile import Profile
from openanpr.access.vocabulary import Category, Rank, Reason

SENTENCES: dict[Reason, str] = {
    Reason.WITHIN_90_DAYS: "the read is under 90 days old",
    Reason.NO_AUTHORISATION_NEEDED: "reads of this age need no authorisation",
    Reason.AUTHORISED: "an authorisation in force covers it",
    Reason.ROUTED_TO_YOU: "the alert was routed to you",
    Reason.PERMITTED_BY_ROLE: "your role has this action",
    Reason.OWN_RECORD: "it is the record of your own actions",
    Reason.NOT_TRAINED: "you have not been trained for this",
    Reason.TRAINING_LAPSED: "your training has lapsed; renew it first",
    Reason.VETTING_LAPSED: "your vetting is not in force",
    Reason.ROLE_NOT_RELEVANT: "your role does not have this action",
    Reason.ROLES_CONFLICT: "one person may not hold these roles together",
    Reason.LOCATION_RIGHT_REQUIRED: "the exact place needs the location right",
    Reason.OTHER_FORCE: "it belongs to another force",
    Reason.STEP_UP_REQUIRED: "prove again who you are before taking data out",
    Reason.PURPOSE_REQUIRED: "a purpose is required: an investigation, its category and a reason",
    Reason.INVESTIGATION_CLOSED: "the investigation is closed",
    Reason.NOT_A_MEMBER: "you are not in this investigation's team",
    Reason.OUTSIDE_INVESTIGATION: "it lies outside the investigation's scope; widen that first",
    Reason.SEARCH_TOO_OPEN: "name a mark, part of one, an area or a camera",
    Reason.PERIOD_EMPTY: "the period ends before it begins; give a start before the end",
    Reason.PERIOD_TOO_LONG: "this kind of search reaches over too long a time; ask for less",
    Reason.TOO_MANY_MARKS: "too many marks for one search; ask for fewer",
    Reason.SURVEILLANCE_STATEMENT_REQUIRED: (
        "this mark is being followed; give the surveillance authority's reference, or why none "
        "is needed"
    ),
    Reason.CATEGORY_NOT_ALLOWED: "reads of this age are not open to this category of investigation",
    Reason.BEYOND_RETENTION: "reads of this age are past retention",
    Reason.CAPTURED_IN_THE_FUTURE: "the time lies ahead of the clock",
    Reason.AUTHORISATION_REQUIRED: "reads of this age need an authorisation",
    Reason.RANK_TOO_LOW: "the authorising officer's rank is too low for reads of this age",
    Reason.SELF_AUTHORISED: "nobody may authorise themselves",
    Reason.OWN_UNIT_AUTHORISED: "an officer may not authorise a request of their own unit",
    Reason.TEAM_AUTHORISED: "an officer of the investigation's team may not authorise for it",
    Reason.AUTHORISATION_NOT_STARTED: "the authorisation has not begun",
    Reason.AUTHORISATION_EXPIRED: "the authorisation has run out",
    Reason.AUTHORISATION_REVOKED: "the authorisation was revoked",
    Reason.AUTHORISATION_TOO_LONG: "the authorisation would last longer than the profile allows",
    Reason.OUTSIDE_AUTHORISATION: "it lies outside what was authorised",
    Reason.NOT_ROUTED: "the alert was not routed to you",
    Reason.COVERT_ENTRY: "the alert is kept to those named for it",
    Reason.ALERT_TOO_OLD: "the alert's window has closed; search for the read instead",
    Reason.SECOND_PERSON_REQUIRED: "a second person must confirm it",
    Reason.OWN_ACCOUNT: "it concerns your own account, or that of who proposed it",
    Reason.ENTRY_TOO_WIDE: "a pattern gives at least three characters, or it looks for everybody",
    Reason.WEED_DATE_REQUIRED: "an entry needs a weed date ahead, within the longest allowed",
    Reason.TAKES_EFFECT_TOO_EARLY: "the change would take effect with too little notice",
    Reason.READS_NOT_SHOWN_TO_AUDIT: "the audit shows what was done, not the reads themselves",
    Reason.TOO_MANY_ROWS: "more reads would leave than one export may take",
    Reason.ONLY_AS_PUBLISHED_FIGURE: "counts leave as published figures only",
    Reason.FIGURE_TOO_RECENT: "the figure is too recent to be published",
    Reason.FIGURE_TOO_FINE: "the figure is too fine: whole force only, small numbers protected",
    Reason.REQUEST_NOT_OPEN: "the information request is not open",
    Reason.OUTSIDE_REQUEST: "the read does not concern this request, or the request is not yours",
    Reason.IDENTITY_NOT_CHECKED: "the requester's identity has not been checked",
    Reason.MORE_THAN_THE_PLATE: "an accuracy check shows the plate patch and nothing else",
    Reason.CASE_NOT_COMPLETE: (
        "the case is not complete: need, privacy assessment and consultation come first"
    ),
    Reason.CASE_RANK_TOO_LOW: "a case like this is decided by a more senior officer",
    Reason.REVIEW_TOO_FAR: "the review must lie ahead, and within the longest time allowed",
}

RANK_WORDS: dict[Rank, str] = {rank: rank.value.replace("-", " ") for rank in Rank}
CATEGORY_WORDS: dict[Category, str] = {
    Category.OTHER_LEGITIMATE: "another legitimate purpose",
    Category.PRIORITY_AND_VOLUME: "priority and volume crime",
    Category.SERIOUS: "serious crime",
    Category.MAJOR: "major crime",
    Category.COUNTER_TERRORISM: "counter-terrorism",
    Category.NONE: "no purpose given",
}


def explain(decision: Decision, *, profile: Profile) -> tuple[str, ...]:
    """One sentence for every finding: ``Not allowed: …`` or ``Allowed: …``."""
    answer = "Allowed" if decision.allowed else "Not allowed"
    band = decision.band
    return tuple(f"{answer}: {_because(one, band, profile)}." for one in decision.findings)


def explain_search(decision: SearchDecision, *, profile: Profile) -> tuple[str, ...]:
    """What may be seen of the whole period and what may not, part by part, oldest first."""
    if not decision.parts:
        return tuple(f"Not allowed: {_because(one, None, profile)}." for one in decision.findings)
    return tuple(_part(part, profile) for part in decision.parts)


def _part(part: PartDecision, profile: Profile) -> str:
    period = f"{moment(part.start)} to {moment(part.end)} ({part.band})"
    because = "; ".join(_because(one, part.band, profile) for one in part.findings)
    sentence = f"{period}: {'allowed' if part.allowed else 'not allowed'}, because {because}."
    if part.band == HELD:
        sentence += " It is past retention: only reads held for this investigation are there."
    if part.withheld:
        left_out = "; ".join(_because(one, part.band, profile) for one in part.withheld)
        sentence += f" Left out of it: what was asked for beyond that, because {left_out}."
    return sentence


def moment(when: datetime) -> str:
    """A time as it stands in sentences: ``24 August 2026 14:49 UTC``."""
    when = utc(when)
    return f"{when.day} {when:%B %Y %H:%M} UTC"


def _because(finding: Finding, band_name: str | None, profile: Profile) -> str:
    rank = _rank(finding, band_name, profile)
    return f"{SENTENCES[finding.reason]}{rank} ({_source(finding, profile)})"


def _rank(finding: Finding, band_name: str | None, profile: Profile) -> str:
    band = profile.band_named(band_name) if band_name else None
    if finding.reason not in {Reason.AUTHORISATION_REQUIRED, Reason.RANK_TOO_LOW}:
        return ""
    rank = band.lowest_rank if band else None
    return f": {RANK_WORDS[rank]} or above" if rank else ""


def _source(finding: Finding, profile: Profile) -> str:
    house, dot, rule = finding.clause.partition(".")
    if dot and house == "house":
        return f"house rule: {rule.replace('-', ' ')}"
    return f"profile {profile.label}: {finding.clause}"
