"""A search end to end against the database: decided, recorded, looked, recorded."""

from datetime import timedelta

import pytest
from django.db import connection

from openanpr.access.vocabulary import Category, Rank, Reason, Role
from openanpr.audit.models import AuditEvent
from openanpr.investigations.models import Investigation
from openanpr.investigations.services import authorisations
from openanpr.policy.queries import profile_in_force
from openanpr.search.models import SearchRun
from openanpr.search.question import MarkQuestion
from openanpr.search.services import SearchStoppedError, run_search
from openanpr.search.services import run as run_module
from openanpr.search.services.record import digest_of
from tests.factories.casework import MARK, OTHER_MARK, REASON

DAY = timedelta(days=1)


def question(at, *, days=7, vrm=MARK, **fields):
    return MarkQuestion(vrm=vrm, start=at - days * DAY, end=at, reason=REASON, **fields)


def events(*verbs):
    return list(AuditEvent.objects.filter(verb__in=verbs))


def test_a_trained_analyst_finds_the_reads_of_the_mark_in_the_period(casework, stored):
    at = casework.at
    wanted = [stored.add(MARK, at - 2 * DAY), stored.add(MARK, at - DAY, camera_id=2)]
    stored.add(OTHER_MARK, at - DAY)
    stored.add(MARK, at - 8 * DAY)
    ada = casework.person("ada")
    result = run_search(
        author=casework.author(ada),
        question=question(at),
        investigation=casework.investigation(ada),
        at=at,
    )
    assert [read.id for read in result.reads] == wanted[::-1]
    assert result.decision.complete
    assert not result.truncated


def test_both_rows_are_written_and_hold_what_an_auditor_needs(casework, stored):
    at = casework.at
    read_id = stored.add(MARK, at - DAY)
    ada = casework.person("ada")
    result = run_search(
        author=casework.author(ada),
        question=question(at),
        investigation=casework.investigation(ada),
        at=at,
    )
    asked, shown = events("search.run", "search.result")
    assert asked.sequence < shown.sequence
    assert (asked.actor_person, asked.acting_role, asked.decision) == (
        "person-ada",
        "analyst",
        "allow",
    )
    assert (asked.reason, asked.investigation) == (REASON, "FX/2026/001")
    assert asked.profile_version == "essex-2y@1"
    assert asked.payload["vrm"] == MARK
    assert shown.payload["read_ids"] == [str(read_id)]
    assert shown.payload["digest"] == digest_of(result.reads)
    assert MARK not in str(shown.payload)
    run = SearchRun.objects.get()
    assert (run.audit_sequence, run.result_sequence, run.rows) == (
        asked.sequence,
        shown.sequence,
        1,
    )


def test_look_alikes_are_found_only_when_asked_for(casework, stored):
    at = casework.at
    stored.add("0A30AAA", at - DAY)
    ada = casework.person("ada")
    investigation = casework.investigation(ada)

    def found(look_alikes):
        asked = question(at, look_alikes=look_alikes)
        return run_search(
            author=casework.author(ada), question=asked, investigation=investigation, at=at
        ).reads

    assert len(found(look_alikes=True)) == 1
    assert found(look_alikes=False) == ()


def test_what_needs_an_authorisation_is_left_out_and_named(casework, stored):
    at = casework.at
    recent = stored.add(MARK, at - 10 * DAY)
    stored.add(MARK, at - 100 * DAY)
    ada = casework.person("ada")
    result = run_search(
        author=casework.author(ada),
        question=question(at, days=120),
        investigation=casework.investigation(ada),
        at=at,
    )
    assert [read.id for read in result.reads] == [recent]
    assert result.run.decision == "partial"
    assert Reason.AUTHORISATION_REQUIRED in result.decision.withheld_reasons
    assert any("need an authorisation" in sentence for sentence in result.sentences)
    assert "authorisation-required" in events("search.run")[0].reasons


@pytest.mark.security
@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ("untrained", "not-trained"),
        ("no role", "role-not-relevant"),
        ("not a member", "not-a-member"),
        ("closed", "investigation-closed"),
        ("no investigation", "purpose-required"),
    ],
)
def test_a_refusal_looks_at_nothing_and_is_audited(casework, stored, change, reason):
    at = casework.at
    stored.add(MARK, at - DAY)
    roles = (Role.CAMERA_MANAGER,) if change == "no role" else (Role.ANALYST,)
    ada = casework.person("ada", roles=roles, trained=change != "untrained")
    ben = casework.person("ben")
    investigation = casework.investigation(ben if change == "not a member" else ada)
    if change == "closed":
        Investigation.objects.filter(id=investigation.id).update(state="closed")
        investigation.refresh_from_db()
    if change == "no investigation":
        investigation = None
    result = run_search(
        author=casework.author(ada),
        question=question(at),
        investigation=investigation,
        at=at,
    )
    assert result.reads == ()
    assert not result.decision.allowed
    (refused,) = events("search.run", "search.refuse", "search.result")
    assert (refused.verb, refused.decision) == ("search.refuse", "deny")
    assert reason in refused.reasons
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from live_search")
        assert cursor.fetchone() == (0,)


@pytest.mark.security
def test_a_stranger_learns_nothing_of_the_investigation(casework, stored):
    ada, ben = casework.person("ada"), casework.person("ben")
    result = run_search(
        author=casework.author(ada),
        question=question(casework.at),
        investigation=casework.investigation(ben),
        at=casework.at,
    )
    assert result.run.investigation is None
    assert events("search.refuse")[0].investigation == "FX/2026/001"


@pytest.mark.security
def test_no_audit_no_search(casework, stored, superuser):
    at = casework.at
    stored.add(MARK, at - DAY)
    ada = casework.person("ada")
    investigation = casework.investigation(ada)
    superuser.execute("revoke execute on function audit_append(jsonb) from openanpr_web")
    try:
        with pytest.raises(SearchStoppedError):
            run_search(
                author=casework.author(ada),
                question=question(at),
                investigation=investigation,
                at=at,
            )
    finally:
        superuser.execute("grant execute on function audit_append(jsonb) to openanpr_web")
    assert not SearchRun.objects.exists()
    assert superuser.execute("select count(*) from live_search").fetchone() == (0,)


@pytest.mark.security
def test_a_result_that_cannot_be_audited_is_not_given_out(casework, stored, superuser, monkeypatch):
    at = casework.at
    stored.add(MARK, at - DAY)
    ada = casework.person("ada")
    investigation = casework.investigation(ada)
    looked = run_module._look

    def look_then_lose_the_audit(*arguments):
        found = looked(*arguments)
        assert found
        superuser.execute("revoke execute on function audit_append(jsonb) from openanpr_web")
        return found

    monkeypatch.setattr(run_module, "_look", look_then_lose_the_audit)
    try:
        with pytest.raises(SearchStoppedError):
            run_search(
                author=casework.author(ada),
                question=question(at),
                investigation=investigation,
                at=at,
            )
    finally:
        superuser.execute("grant execute on function audit_append(jsonb) to openanpr_web")
    assert SearchRun.objects.get().rows is None


def test_no_profile_in_force_stops_searching(casework, stored, superuser):
    ada = casework.person("ada")
    investigation = casework.investigation(ada)
    superuser.execute("truncate profile_version")
    with pytest.raises(SearchStoppedError):
        run_search(
            author=casework.author(ada),
            question=question(casework.at),
            investigation=investigation,
            at=casework.at,
        )


def test_more_than_one_search_shows_is_said(casework, stored, superuser):
    at = casework.at
    superuser.execute(
        "update profile_version set toml = replace(toml, 'search_rows = 1000', 'search_rows = 2')"
    )
    superuser.execute(
        "update profile_version set digest = encode(sha256(convert_to(toml, 'UTF8')), 'hex')"
    )
    found = [stored.add(MARK, at - days * DAY) for days in (1, 2, 3)]
    ada = casework.person("ada")
    result = run_search(
        author=casework.author(ada),
        question=question(at),
        investigation=casework.investigation(ada),
        at=at,
    )
    assert [read.id for read in result.reads] == found[:2]
    assert result.truncated


@pytest.mark.parametrize("right", [False, True])
def test_covert_cameras_need_their_own_right(casework, stored, right):
    at = casework.at
    camera = casework.camera(1, sensitive=True)
    plain = casework.camera(2)
    stored.add(MARK, at - DAY, camera_id=camera.id)
    stored.add(MARK, at - 2 * DAY, camera_id=plain.id)
    ada = casework.person("ada", covert_right=right)
    result = run_search(
        author=casework.author(ada),
        question=question(at),
        investigation=casework.investigation(ada),
        at=at,
    )
    assert {read.camera_id for read in result.reads} == (
        {camera.id, plain.id} if right else {plain.id}
    )
    assert result.without_covert is not right


def test_a_grant_opens_older_reads_of_its_marks_alone(casework, stored):
    at = casework.at
    old = stored.add(MARK, at - 100 * DAY)
    stored.add(OTHER_MARK, at - 100 * DAY)
    ada = casework.person("ada")
    boss = casework.person(
        "boss", roles=(Role.AUTHORISER,), rank=Rank.INSPECTOR, unit=casework.other_unit
    )
    investigation = casework.investigation(ada, category=Category.MAJOR)
    asked = authorisations.request_authorisation(
        author=casework.author(ada),
        investigation=investigation,
        necessity=REASON,
        proportionality=REASON,
        period_from=at - 120 * DAY,
        period_to=at - 80 * DAY,
        vrms=[MARK],
        days=7,
        at=at,
    )
    decision = authorisations.grant(
        author=casework.author(boss),
        asked=asked,
        reason=REASON,
        profile=profile_in_force(at=at),
        at=at,
    )
    assert decision.allowed, decision.reasons

    def search_for(vrm):
        return run_search(
            author=casework.author(ada),
            question=MarkQuestion(vrm=vrm, start=at - 110 * DAY, end=at - 95 * DAY, reason=REASON),
            investigation=investigation,
            at=at + timedelta(minutes=1),
        )

    assert [read.id for read in search_for(MARK).reads] == [old]
    assert not search_for(OTHER_MARK).decision.allowed
