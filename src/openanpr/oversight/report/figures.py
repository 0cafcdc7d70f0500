"""The figures of one month, section by section."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

import msgspec

from openanpr.access.vocabulary import Category
from openanpr.accounts.models import TrainingRecord
from openanpr.accounts.queries import ANPR_COURSE
from openanpr.audit.models import AuditEvent, AuditRoot
from openanpr.investigations.vocabulary import CATEGORY_NAMES
from openanpr.oversight.models import OversightStep
from openanpr.oversight.months import Month
from openanpr.oversight.report.counting import FEWEST, MonthEvents, turn_round

FALSE_ALERTS: Final = ("misread", "stale-entry", "wrong-vehicle")


@dataclass(frozen=True, slots=True)
class Line:
    """One figure: what it counts, of what kind, and its value as text."""

    what: str
    detail: str
    value: str


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with its figures."""

    title: str
    lines: tuple[Line, ...]


def figures_of(month: Month) -> tuple[Section, ...]:
    """Every section of a month. The same month gives the same figures whenever it is made."""
    events = MonthEvents(month.start, month.end)
    return (
        _searches(events),
        _misuse(events),
        _authorisations(events),
        _exports(events),
        _oversight(events),
        _training(month),
        _lists(events),
        _alerts(events),
        _deletions(events),
        _chain(month),
    )


def digest_of(sections: tuple[Section, ...]) -> str:
    """SHA-256 (hexadecimal) of the figures: two makings of a month are compared by it."""
    return sha256(msgspec.json.encode(sections)).hexdigest()


def _searches(events: MonthEvents) -> Section:
    opened: Counter[tuple[str, str]] = Counter()
    asked: Counter[str] = Counter()
    for row in events.first_pages("search.run"):
        category = str(row.payload.get("category") or "none")
        asked[category] += 1
        bands = {part["band"] for part in row.payload.get("parts", ()) if part.get("allowed")}
        opened.update((category, band) for band in bands)
    lines = [_line("Searches answered", "all", sum(asked.values()))]
    lines += [_line("Searches answered", _category(one), asked[one]) for one in sorted(asked)]
    lines += [
        _line("Searches over the band", f"{band}, {_category(one)}", number)
        for (one, band), number in sorted(opened.items())
    ]
    lines.append(_line("Searches refused", "all", len(list(events.first_pages("search.refuse")))))
    lines += _counted("Refused because", events.reasons("search.refuse"))
    lines.append(_line("Pages refused to a person", "all", len(events.of("access.refuse"))))
    return Section("Searches", tuple(lines))


def _misuse(events: MonthEvents) -> Section:
    signs: Counter[str] = Counter()
    for row in events.of("search.challenge"):
        signs.update(str(one) for one in row.payload.get("signs", ()))
    return Section(
        "Challenged before the answer",
        (
            _line("Searches with a sign of misuse", "all", len(events.of("search.challenge"))),
            *_counted("Sign", signs),
            *_counted("Held searches", events.by("search.release", "answer")),
        ),
    )


def _authorisations(events: MonthEvents) -> Section:
    answered, hours = turn_round(events)
    median = f"{hours} hours" if hours is not None else f"fewer than {FEWEST}: not given"
    return Section(
        "Authorisations",
        (
            _line("Asked for", "all", len(events.of("grant.request"))),
            _line("Granted", "all", events.answered("grant.approve", "allow")),
            _line(
                "Not granted: outside the policy", "all", events.answered("grant.approve", "deny")
            ),
            _line("Refused by the officer", "all", len(events.of("grant.refuse"))),
            _line("Revoked", "all", len(events.of("grant.revoke"))),
            Line("From asking to the answer", f"median of {answered}", median),
        ),
    )


def _exports(events: MonthEvents) -> Section:
    return Section(
        "Exports",
        (
            _line("Files taken out", "all", len(events.of("export.make"))),
            _line("Reads in them", "all", events.sum_of("export.make", "rows")),
            _line("Refused", "all", len(events.of("export.refuse"))),
        ),
    )


def _oversight(events: MonthEvents) -> Section:
    lines = [
        _line("Samples drawn", "all", len(events.of("sample.draw"))),
        _line("Searches drawn", "all", events.sum_of("sample.draw", "size")),
        *_counted("Reviewed", events.by("review.make", "outcome")),
        *(
            _line("Questions", what, len(events.of(f"question.{verb}")))
            for verb, what in (
                ("ask", "asked"),
                ("answer", "answered"),
                ("ask-again", "asked again"),
                ("settle", "settled"),
            )
        ),
        _line("Questions", "open at the end of the month", _open("question", "settled", events)),
        *_counted("Findings made", events.by("finding.raise", "grade")),
        _line("Findings closed", "all", len(events.of("finding.close"))),
        _line("Findings", "open at the end of the month", _open("finding", "closed", events)),
    ]
    return Section("Oversight", tuple(lines))


def _open(flow: str, last: str, events: MonthEvents) -> int:
    """How many stood in another state than the last one when the month ended."""
    steps = OversightStep.objects.filter(flow=flow, at__lt=events.end).order_by("sequence")
    states: Mapping[object, str] = dict(steps.values_list("subject", "target"))
    return sum(state != last for state in states.values())


def _training(month: Month) -> Section:
    records = TrainingRecord.objects.filter(course=ANPR_COURSE, passed_at__lt=month.end)
    newest: dict[str, object] = {}
    for person, expires_at in records.order_by("expires_at").values_list(
        "user__person_id", "expires_at"
    ):
        newest[person] = expires_at
    lapsed = sum(month.start <= one < month.end for one in newest.values())  # type: ignore[operator]
    return Section("Training", (_line("People whose training lapsed", "all", lapsed),))


def _lists(events: MonthEvents) -> Section:
    return Section(
        "Lists",
        (
            _line("Lists made", "all", events.answered("list.create", "allow")),
            _line("Lists reviewed", "all", events.answered("list.review", "allow")),
            _line("Entries made by hand", "all", events.answered("entry.add", "allow")),
            _line("Entries confirmed by a second person", "all", len(events.of("entry.confirm"))),
            _line("Entries withdrawn", "all", events.answered("entry.withdraw", "allow")),
            _line("Imports applied", "all", events.count("list.import", step="applied")),
        ),
    )


def _alerts(events: MonthEvents) -> Section:
    outcomes = events.by("alert.outcome", "outcome")
    false = sum(outcomes[one] for one in FALSE_ALERTS)
    told = sum(outcomes.values())
    return Section(
        "Alerts",
        (
            _line("Alerts raised", "all", len(events.of("alert.raise"))),
            _line("Further hits that joined one", "all", len(events.of("alert.join"))),
            *_counted("Outcome", outcomes),
            Line("False alerts", "of those with an outcome", f"{false} of {told}"),
        ),
    )


def _deletions(events: MonthEvents) -> Section:
    runs = events.of("retention.delete")
    lines = [
        _line("Runs of deletion, each with a certificate", "all", len(runs)),
        _line("Rows and pictures removed", "all", events.sum_of("retention.delete", "rows")),
    ]
    lines += [
        Line("Certificate", f"{row.at:%Y-%m-%d}", str(row.payload.get("digest", "")))
        for row in runs
    ]
    return Section("Deletions", tuple(lines))


def _chain(month: Month) -> Section:
    head = AuditEvent.objects.filter(recorded_at__lt=month.end).order_by("-sequence").first()
    root = AuditRoot.objects.filter(made_at__lt=month.end).order_by("-sequence").first()
    lines = []
    if head is not None:
        lines = [
            _line("Last row of the month", "number", head.sequence),
            Line("Last row of the month", "hash", bytes(head.hash).hex()),
        ]
    if root is not None:
        lines += [
            _line("Signed root", "of row", root.sequence),
            Line("Signed root", "hash", bytes(root.hash).hex()),
            Line("Signed root", "signature", bytes(root.signature).hex()),
        ]
    return Section("Audit chain", tuple(lines))


def _counted(what: str, counts: Counter[str]) -> list[Line]:
    return [_line(what, one.replace("-", " "), counts[one]) for one in sorted(counts)]


def _category(word: str) -> str:
    known = {one.value: CATEGORY_NAMES[one].lower() for one in Category if one in CATEGORY_NAMES}
    return known.get(word, "no category")


def _line(what: str, detail: str, value: int) -> Line:
    return Line(what, detail, str(value))
