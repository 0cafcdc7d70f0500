"""A process that was taken over tries to act in a person's name, or to make one person another."""

import json

import psycopg
import pytest

from openanpr.config.database import DatabaseRole
from tests.factories.accounts import make_user

pytestmark = pytest.mark.security

NO_PERSON_ACTS = (
    DatabaseRole.INGEST,
    DatabaseRole.LIVE,
    DatabaseRole.WORKER,
    DatabaseRole.REMATCH,
    DatabaseRole.FEDERATION,
    DatabaseRole.RETENTION,
)


@pytest.mark.parametrize("role", NO_PERSON_ACTS)
@pytest.mark.parametrize("kind", ["person", "unknown"])
def test_the_audit_takes_a_persons_act_from_no_process_without_persons(db, connect_as, role, kind):
    event = {
        "at": "2026-01-05T12:00:00+00:00",
        "actor_kind": kind,
        "actor_person": "P1",
        "actor_account": "ada",
        "verb": "search.run",
    }
    with pytest.raises(psycopg.errors.InsufficientPrivilege, match="no person acts"):
        connect_as(role.value).execute("select audit_append(%s::jsonb)", [json.dumps(event)])


@pytest.mark.parametrize(
    "statement",
    [
        "update account set person_id = 'other'",
        "update account set username = 'other'",
        "update account set id = 7",
        "update role_held set role = 'authoriser'",
        "update role_held set user_id = 1",
        "update role_held set valid_from = now()",
        "update training_record set user_id = 1",
        "update training_record set course = 'x'",
        "update device_credential set public_key = '\\x00'",
        "update enrolment set expires_at = now()",
        "delete from account",
        "delete from role_held",
    ],
)
def test_the_pages_cannot_turn_one_person_or_role_into_another(db, connect_as, statement):
    make_user()
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        connect_as("openanpr_web").execute(statement)
