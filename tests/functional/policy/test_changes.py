"""A change of the force's rules: proposed by one person, confirmed by another, with notice."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from openanpr.access.profiles import shipped_toml
from openanpr.access.vocabulary import Role
from openanpr.audit.models import AuditEvent
from openanpr.policy.models import ProfileProposal
from openanpr.policy.queries import profile_in_force, profile_named
from tests.factories.accounts import client_as, make_user
from tests.factories.casework import make_casework

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
NEW = (
    shipped_toml("essex-2y")
    .replace('version = "1"', 'version = "2"')
    .replace("search_rows = 1000", "search_rows = 200")
)

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture(autouse=True)
def _noon(db):
    with time_machine.travel(AT, tick=False):
        make_casework(AT)
        yield


@pytest.fixture
def manager() -> Client:
    return client_as(make_user("val", roles=(Role.SYSTEM_MANAGER,), person_id="N1"))


@pytest.fixture
def officer() -> Client:
    roles = (Role.DATA_PROTECTION_OFFICER,)
    return client_as(make_user("quinn", roles=roles, person_id="N2"))


def proposed(client: Client, *, hours: int = 3, step: str = "propose", toml: str = NEW):
    begins = AT + timedelta(hours=hours)
    parts = (begins.day, begins.month, begins.year, f"{begins:%H:%M}")
    form = {"toml": toml, "reason": "Fewer rows are enough", "step": step}
    form |= {f"takes_effect_at_{number}": part for number, part in enumerate(parts)}
    names = ("day", "month", "year", "time")
    form |= {f"takes_effect_at_{name}": part for name, part in zip(names, parts, strict=True)}
    return client.post(reverse("policy_propose"), form)


def answered(client: Client, answer: str):
    address = reverse("policy_proposal", args=[ProfileProposal.objects.get().pk])
    return client.post(address, {"answer": answer, "reason": "I agree with it"})


def last() -> AuditEvent:
    return AuditEvent.objects.order_by("-sequence")[0]


def test_the_preview_says_in_words_what_changes_and_changes_nothing(manager):
    page = proposed(manager, step="preview")
    assert page.status_code == 200
    assert "Limit: search rows" in page.text
    assert not ProfileProposal.objects.exists()
    assert not AuditEvent.objects.filter(verb="profile.propose").exists()


def test_two_people_put_a_change_in_force_at_its_time(manager, officer):
    assert proposed(manager).status_code == 302
    address = reverse("policy_proposal", args=[ProfileProposal.objects.get().pk])
    assert "search rows" in officer.get(address).text
    assert answered(officer, "confirm").url == reverse("policy_rules")
    before, after = AT + timedelta(hours=3, seconds=-1), AT + timedelta(hours=3)
    assert profile_in_force(at=before).label == "essex-2y@1"
    assert profile_in_force(at=after).limits.search_rows == 200
    assert profile_named("essex-2y@1").limits.search_rows == 1000, "old decisions keep theirs"
    verbs = list(AuditEvent.objects.order_by("sequence").values_list("verb", flat=True))
    assert verbs[-3:] == ["profile.propose", "profile.confirm", "profile.install"]
    assert "essex-2y@2" in officer.get(reverse("policy_rules")).text


def test_nobody_confirms_their_own_even_from_another_account(manager):
    proposed(manager)
    roles = (Role.DATA_PROTECTION_OFFICER,)
    twin = client_as(make_user("val.two", roles=roles, person_id="N1"))
    assert answered(twin, "confirm").status_code == 403
    assert profile_in_force(at=AT + timedelta(days=1)).label == "essex-2y@1"
    assert (last().verb, last().decision) == ("profile.confirm", "deny")
    with pytest.raises(IntegrityError), transaction.atomic():
        ProfileProposal.objects.update(state="confirmed", answered_by="N1")


def test_too_little_notice_is_refused_at_both_steps(manager):
    assert proposed(manager, hours=0).status_code == 403
    assert last().reasons == ["takes-effect-too-early"]
    proposed(manager)
    with time_machine.travel(AT + timedelta(hours=2, minutes=30), tick=False):
        late = make_user("late", roles=(Role.DATA_PROTECTION_OFFICER,), person_id="N3")
        assert answered(client_as(late), "confirm").status_code == 403
    assert profile_in_force(at=AT + timedelta(days=1)).label == "essex-2y@1"
    assert ProfileProposal.objects.get().state == "proposed"


def test_a_proposal_is_withdrawn_by_its_author_and_answered_once(manager, officer):
    proposed(manager)
    answered(manager, "decline")
    assert ProfileProposal.objects.get().state == "withdrawn"
    assert last().verb == "profile.decline"
    answered(officer, "confirm")
    assert ProfileProposal.objects.get().state == "withdrawn"
    assert profile_in_force(at=AT + timedelta(days=1)).label == "essex-2y@1"


@pytest.mark.parametrize(
    ("toml", "says"),
    [
        ("no table", "not valid TOML"),
        (shipped_toml("essex-2y"), "was in force before"),
        (NEW.replace('"inspector"', '"colonel"'), "use one of"),
    ],
)
def test_a_table_that_cannot_be_used_is_refused_with_what_to_change(manager, toml, says):
    page = proposed(manager, toml=toml)
    assert page.status_code == 422
    assert says in page.text
