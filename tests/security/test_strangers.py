"""A person outside an investigation learns nothing of it, even with its id in hand."""

from datetime import timedelta

import pytest

from openanpr.access.vocabulary import Category
from openanpr.audit.models import AuditEvent
from openanpr.search.question import MarkQuestion
from openanpr.search.services import run_search
from tests.factories.casework import MARK, REASON

pytestmark = pytest.mark.security
DAY = timedelta(days=1)


def words_to(casework, stranger, investigation, *, days: int) -> tuple[str, ...]:
    result = run_search(
        author=casework.author(stranger),
        question=MarkQuestion(
            vrm=MARK, start=casework.at - days * DAY, end=casework.at, reason=REASON
        ),
        investigation=investigation,
        at=casework.at,
    )
    assert not result.decision.allowed
    assert result.run.investigation_id is None
    return result.sentences


@pytest.mark.parametrize("days", [7, 200, 600])
def test_every_investigation_is_refused_in_the_same_words(casework, stored, days):
    stored.add(MARK, casework.at - DAY)
    ada, eve = casework.person("ada"), casework.person("eve")
    kinds = [
        {"category": Category.OTHER_LEGITIMATE},
        {"category": Category.COUNTER_TERRORISM},
        {"category": Category.SERIOUS, "state": "closed"},
        {"category": Category.SERIOUS, "vrms": ["OA31AAB"]},
        {"category": Category.SERIOUS, "period_from": casework.at - DAY},
    ]
    said = {
        words_to(
            casework,
            eve,
            casework.investigation(ada, reference=f"FX/2026/{number}", **kind),
            days=days,
        )
        for number, kind in enumerate(kinds)
    }
    assert len(said) == 1
    refusals = AuditEvent.objects.filter(verb="search.refuse", actor_person=eve.person_id)
    assert {event.investigation for event in refusals} == {
        f"FX/2026/{number}" for number in range(len(kinds))
    }
    assert all("not-a-member" in event.reasons for event in refusals)
