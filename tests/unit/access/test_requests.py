"""Information requests, by their tables: steps, searches, and who saw a read."""

import pytest
from tests.unit.access.people import AT, MARK, assert_clauses, rights
from tests.unit.access.test_tables import ESSEX, NOVEMBER, Row, person, table

from openanpr.access.decide import decide_request_search, decide_request_step, decide_viewers


def rows(name: str) -> list[object]:
    return [pytest.param(row, id=row["id"]) for row in table(name)["row"]]


@pytest.mark.parametrize("row", rows("request-search"))
def test_a_search_for_a_request(row: Row) -> None:
    answer = decide_request_search(
        actor=person(row, roles=["rights-officer"]),
        request=rights(**row.get("request", {})),
        profile=ESSEX,
        at=AT,
    )
    assert [str(one) for one in answer.decision.reasons] == row["reasons"]
    assert (answer.start, answer.end) == (row.get("from"), row.get("to"))
    assert answer.decision.allowed is ("from" in row)
    assert answer.cut is row.get("cut", False)
    assert_clauses(answer.decision.findings, action="rights", band=None)


@pytest.mark.parametrize("row", rows("request-step"))
def test_a_step_of_a_request(row: Row) -> None:
    decision = decide_request_step(
        actor=person(row, roles=["rights-officer"]),
        officer_person_ids=frozenset({"person-1"}),
        taking=row.get("taking", False),
        profile=ESSEX,
        at=AT,
    )
    assert [str(one) for one in decision.reasons] == row["reasons"]
    assert decision.allowed is (row["reasons"] == ["permitted-by-role"])
    assert_clauses(decision.findings, action="rights", band=None)


@pytest.mark.parametrize("row", rows("viewers"))
def test_who_may_know_who_saw_a_read(row: Row) -> None:
    decision = decide_viewers(
        actor=person(row),
        request=rights(**row["request"]) if "request" in row else None,
        vrm=MARK,
        captured_at=NOVEMBER,
        profile=ESSEX,
        at=AT,
    )
    assert [str(one) for one in decision.reasons] == row["reasons"]
    assert decision.allowed is (row["reasons"] == ["permitted-by-role"])
    assert str(decision.action) == row["action"]
    assert_clauses(decision.findings, action=row["action"], band=decision.band)
