"""Which profile is in force, and that it is the one two people approved."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import Error, IntegrityError

from openanpr.audit.models import AuditEvent
from openanpr.audit.services import AuditActor
from openanpr.policy.models import ProfileVersion
from openanpr.policy.queries import NoProfileError, profile_in_force, profile_named
from openanpr.policy.services import install_shipped_profile

AT = datetime(2026, 5, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)

pytestmark = pytest.mark.usefixtures("db")


def install(name="essex-2y", *, at=AT, by=("person-a", "person-b")):
    return install_shipped_profile(
        name=name,
        actor=AuditActor.system("test"),
        proposed_by=by[0],
        approved_by=by[1],
        takes_effect_at=at,
        at=AT - HOUR,
        reason="The force's first profile",
    )


def test_a_profile_decides_from_its_moment_on():
    install()
    install("example-12m", at=AT + HOUR)
    assert profile_in_force(at=AT).name == "essex-2y"
    assert profile_in_force(at=AT + HOUR - timedelta(microseconds=1)).name == "essex-2y"
    assert profile_in_force(at=AT + HOUR).name == "example-12m"
    assert profile_named("essex-2y@1").name == "essex-2y"


def test_without_one_nothing_is_decided():
    with pytest.raises(NoProfileError):
        profile_in_force(at=AT)
    install()
    with pytest.raises(NoProfileError):
        profile_in_force(at=AT - timedelta(microseconds=1))
    with pytest.raises(NoProfileError):
        profile_named("essex-2y@99")


def test_installing_is_audited():
    version = install()
    event = AuditEvent.objects.get(verb="profile.install")
    assert event.profile_version == "essex-2y@1"
    assert event.payload["digest"] == version.digest


@pytest.mark.security
@pytest.mark.parametrize("by", [("person-a", "person-a"), ("person-a", ""), ("", "person-b")])
def test_it_takes_two_persons(by):
    with pytest.raises(IntegrityError, match="four_eyes"):
        install(by=by)
    assert not AuditEvent.objects.exists()


@pytest.mark.security
def test_a_table_that_was_altered_is_not_used(superuser):
    install()
    superuser.execute("update profile_version set toml = replace(toml, 'days = 90', 'days = 900')")
    with pytest.raises(NoProfileError, match="not the one that was approved"):
        profile_in_force(at=AT)


@pytest.mark.security
def test_a_version_is_never_changed_by_a_process():
    install()
    with pytest.raises(Error, match="permission denied"):
        ProfileVersion.objects.update(reason="another")
    with pytest.raises(Error, match="permission denied"):
        ProfileVersion.objects.all().delete()
