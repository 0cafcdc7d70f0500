"""Whoever writes as the web process tries to see more than the question in the audit asks."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import Error

from openanpr.audit.services import AuditActor, record_event
from openanpr.reads.models import LiveSearch
from openanpr.wire.ids import uuid7
from tests.factories.casework import MARK, OTHER_MARK, Casework, StoredReads

pytestmark = pytest.mark.security
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
TICK = timedelta(microseconds=1)


class Intruder:
    """Has one allowed question of each kind in the audit, and opens live searches by hand."""

    def __init__(self, casework: Casework, stored: StoredReads) -> None:
        self.at = casework.at
        self.user = casework.person("ada")
        self.investigation = casework.investigation(self.user)
        self.here, self.there = (casework.camera(number).id for number in (1, 2))
        self.passed_at = self.at - timedelta(hours=2)
        stored.add(MARK, self.passed_at, self.here)
        stored.add(OTHER_MARK, self.at - timedelta(hours=9), self.there)
        self.questions = {
            "mark": {"vrm": MARK, "look_alikes": False},
            "part": {"pattern": "OA30*"},
            "near": {"near": MARK, "look_alikes": False},
            "place": {"camera_ids": [self.here]},
            "common": {
                "camera_ids": [self.here, self.there],
                "scenes": [self._scene(8), self._scene(4)],
            },
            "convoy": {"companions_of": MARK, "within_seconds": 60},
        }

    def _scene(self, hours: int) -> dict[str, str]:
        start = self.at - timedelta(hours=hours)
        return {"from": start.isoformat(), "to": (start + timedelta(hours=1)).isoformat()}

    def opens(self, kind: str, **fields: object) -> None:
        """A live search over the last day for the question of this kind."""
        live = LiveSearch(
            id=uuid7(),
            investigation=self.investigation.id,
            account=self.user.pk,
            period_from=self.at - DAY,
            period_to=self.at,
            expires_at=datetime.now(UTC) + MINUTE,
            **{"vrms": None, "camera_ids": None, **fields},
        )
        allowed = {
            "allowed": True,
            "from": live.period_from.isoformat(),
            "to": live.period_to.isoformat(),
        }
        record_event(
            verb="search.run",
            actor=AuditActor.person(self.user, "analyst"),
            at=self.at,
            investigation=self.investigation.reference,
            decision="allow",
            payload={
                "kind": kind,
                "live_search_ids": [str(live.id)],
                "parts": [allowed],
                **self.questions[kind],
            },
        )
        live.save(force_insert=True)

    def window(self, start: timedelta, end: timedelta) -> dict[str, list[datetime]]:
        """A window by how long before now it begins and ends."""
        return {"window_from": [self.at - start], "window_to": [self.at - end]}

    def around_the_pass(self, **more: timedelta) -> dict[str, list[datetime]]:
        """The window that a search for company opens around the one pass, moved or widened."""
        start = self.passed_at - MINUTE + more.get("moved", timedelta())
        return {
            "window_from": [start],
            "window_to": [start + 2 * MINUTE + TICK + more.get("wider", timedelta())],
        }


@pytest.fixture
def intruder(casework: Casework, stored: StoredReads) -> Intruder:
    return Intruder(casework, stored)


def attacks(of: Intruder) -> dict[str, tuple[str, dict[str, object]]]:
    everywhere = [of.here, of.there]
    hour = timedelta(hours=1)
    no_bound = {"window_from": [None], "window_to": [None]}
    return {
        "all marks by way of one": ("mark", {"vrms": [MARK], "pattern": "*"}),
        "marks around another": ("mark", {"vrms": [MARK], "near": OTHER_MARK}),
        "all marks by way of misreads": (
            "near",
            {"near": MARK, "camera_ids": [], "pattern": "*"},
        ),
        "misreads by way of a part": ("part", {"pattern": "OA30*", "near": OTHER_MARK}),
        "another part": ("part", {"pattern": "*", "camera_ids": []}),
        "all marks by way of a place": ("place", {"camera_ids": [of.here], "pattern": "*"}),
        "another place": ("place", {"camera_ids": [of.there]}),
        "all places": ("place", {"camera_ids": None}),
        "between the scenes": (
            "common",
            {"camera_ids": everywhere, **of.window(8 * hour, 3 * hour)},
        ),
        "scenes without end": ("common", {"camera_ids": everywhere, **no_bound}),
        "no scene": ("common", {"camera_ids": everywhere}),
        "company all day": ("convoy", {"camera_ids": everywhere, **of.window(DAY, 0 * DAY)}),
        "company without end": ("convoy", {"camera_ids": everywhere, **no_bound}),
        "company where it never was": (
            "convoy",
            {"camera_ids": everywhere, **of.around_the_pass()},
        ),
        "company when it was not there": (
            "convoy",
            {"camera_ids": [of.here], **of.around_the_pass(moved=MINUTE)},
        ),
        "company for longer": (
            "convoy",
            {"camera_ids": [of.here], **of.around_the_pass(wider=MINUTE)},
        ),
        "windows of two lengths": (
            "convoy",
            {"camera_ids": [of.here], **of.around_the_pass(), "window_to": []},
        ),
    }


def test_nothing_beyond_the_audited_question_opens(intruder: Intruder) -> None:
    for name, (kind, fields) in attacks(intruder).items():
        with pytest.raises(Error, match="cannot reach further"):
            intruder.opens(kind, **fields)
        assert not LiveSearch.objects.exists(), name


def test_what_the_question_asks_still_opens(intruder: Intruder) -> None:
    hour = timedelta(hours=1)
    both = [intruder.here, intruder.there]
    intruder.opens("mark", vrms=[MARK])
    intruder.opens("near", near=MARK, camera_ids=[])
    intruder.opens("part", pattern="OA30*", vrms=[MARK])
    intruder.opens("place", camera_ids=[intruder.here])
    intruder.opens("common", camera_ids=both, **intruder.window(8 * hour, 7 * hour))
    intruder.opens("convoy", vrms=[MARK])
    intruder.opens("convoy", camera_ids=[intruder.here], **intruder.around_the_pass())
    assert LiveSearch.objects.count() == 7
