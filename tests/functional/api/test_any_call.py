"""Calls of every shape that the description allows, and of some that it does not: never a fault."""

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode

from openanpr.api.calling import PACE


@pytest.fixture
def described(ada, case, token_for, monkeypatch):
    monkeypatch.setattr("openanpr.api.calling.PACE", type(PACE)(10_000, 60))
    headers = {"Authorization": f"Bearer {token_for(ada)}"}
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", WSGIHandler()), headers


def call_every_way(operation, mode, headers):
    """Call one operation with what the strategy of that mode draws."""

    @settings(
        max_examples=6,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def call(case):
        answer = case.call(headers=headers)
        assert answer.status_code < 500, (operation.label, answer.status_code, answer.text)

    call()


@pytest.mark.security
@pytest.mark.parametrize("mode", list(GenerationMode), ids=str)
def test_no_call_is_answered_by_a_fault(described, mode):
    schema, headers = described
    for result in schema.get_all_operations():
        call_every_way(result.ok(), mode, headers)
