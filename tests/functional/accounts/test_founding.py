"""The first act of a real installation, and how its first people come in."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from tests.factories.accounts import make_user

from openanpr.access.profiles import ProfileError, shipped_toml
from openanpr.access.vocabulary import Role
from openanpr.accounts.models import Enrolment, User
from openanpr.accounts.queries import standing_of
from openanpr.accounts.services import enrolment, founding
from openanpr.accounts.services.rights import OwnAccountError
from openanpr.audit.models import AuditEvent
from openanpr.audit.services import AuditActor
from openanpr.policy.models import ProfileVersion
from openanpr.policy.queries import profile_in_force

pytestmark = [pytest.mark.usefixtures("db"), pytest.mark.usefixtures("as_owner")]

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
PASSWORD = "three plain words here"
MANAGER = founding.FirstPerson(
    username="val", person_id="N1", full_name="Val Brook", role=Role.SYSTEM_MANAGER
)
OFFICER = founding.FirstPerson(
    username="quinn", person_id="N2", full_name="Quinn Fair", role=Role.DATA_PROTECTION_OFFICER
)


@pytest.fixture
def as_owner():
    """The command runs as the owner of the tables: the web role could not add a force."""
    from django.db import connections

    web = connections["default"]
    connections["default"] = connections["owner"]
    yield
    connections["default"] = web


def found(**given):
    values = {
        "code": "NX",
        "name": "Northshire Police",
        "unit": "Information Systems",
        "people": (MANAGER, OFFICER),
        "profile_toml": shipped_toml("example-12m"),
        "profile_source": "example-12m",
        "at": AT,
    }
    return founding.found(**(values | given))


def test_founding_makes_force_profile_and_two_people_and_says_so():
    done = found()
    assert profile_in_force(at=AT).label == done.profile == "example-12m@1"
    version = ProfileVersion.objects.get()
    assert (version.proposed_by, version.approved_by) == ("N1", "N2")
    for person in (MANAGER, OFFICER):
        account = User.objects.get(username=person.username)
        assert standing_of(account, at=AT).roles == {person.role}
        assert not account.has_usable_password()
    verbs = list(AuditEvent.objects.order_by("sequence").values_list("verb", flat=True))
    assert verbs[:3] == ["force.create", "unit.create", "profile.install"]
    assert verbs.count("enrolment.issue") == 2
    assert verbs[-1] == "installation.found"
    everything = str(list(AuditEvent.objects.values_list("payload", "reason", "subject")))
    assert not any(code in everything for code in done.codes.values())


def test_it_is_done_once():
    found()
    with pytest.raises(founding.AlreadyFoundedError):
        found(code="SX", name="Southshire Police")
    assert User.objects.count() == 2


@pytest.mark.parametrize(
    ("given", "error"),
    [
        (
            {"people": (MANAGER, founding.FirstPerson(
                username="other", person_id="N1", full_name="V B", role=Role.AUDITOR
            ))},
            founding.OnePersonTwiceError,
        ),
        ({"code": "MUCHTOOLONG"}, ValidationError),
        ({"profile_toml": "name = 'x'"}, ProfileError),
    ],
)  # fmt: skip
def test_what_is_wrong_leaves_nothing_behind(given, error):
    with pytest.raises(error):
        found(**given)
    assert not founding.is_founded()
    assert not AuditEvent.objects.exists()


def set_password(code, password=PASSWORD, again=PASSWORD):
    form = {"code": code, "password": password, "again": again}
    return Client().post(reverse("accounts_enrol"), form)


def test_a_link_sets_the_password_once():
    with time_machine.travel(AT, tick=False):
        code = found().codes["val"]
        assert code in Client().get(reverse("accounts_enrol"), {"code": code}).text
        assert set_password(code, again="something else").status_code == 422
        assert set_password(code, "short", "short").status_code == 422
        assert set_password(code).url == reverse("account_login")
        assert set_password(code).status_code == 422, "used"
        client = Client()
        answer = client.post(reverse("account_login"), {"login": "val", "password": PASSWORD})
        set_up = client.get(answer.url, follow=True)
        assert set_up.request["PATH_INFO"] == reverse("mfa_activate_totp"), "no password again"
    verbs = list(AuditEvent.objects.order_by("sequence").values_list("verb", flat=True))
    assert verbs[-3:] == ["enrolment.use", "enrolment.refuse", "login.ok"]


def test_a_link_ends_by_time_and_by_the_next_one():
    first = found().codes["val"]
    user = User.objects.get(username="val")
    by = AuditActor.person(User.objects.get(username="quinn"))
    second = enrolment.issue_enrolment(user=user, by=by, at=AT, reason="the first was lost")
    assert enrolment.enrolment_of(first, at=AT) is None
    last = AT + enrolment.LASTS - timedelta(seconds=1)
    assert enrolment.enrolment_of(second, at=last) is not None
    assert enrolment.enrolment_of(second, at=AT + enrolment.LASTS) is None
    assert not Enrolment.objects.filter(code_digest=second).exists(), "only its digest is kept"


def test_nobody_issues_a_link_for_themselves():
    user = make_user("val")
    with pytest.raises(OwnAccountError):
        enrolment.issue_enrolment(user=user, by=AuditActor.person(user), at=AT, reason="mine")
