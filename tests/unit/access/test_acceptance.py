"""Every row of the acceptance table, asked of the function and of the command line."""

import csv
import json
import re
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.unit.access.people import assert_clauses
from typer.testing import CliRunner

from openanpr.access.decide import decide_read
from openanpr.access.profiles import load_profile
from openanpr.access.vocabulary import Action, Category, Rank, RoleFit, Training
from openanpr.cli.policy import app

Row = dict[str, str]

with (Path(__file__).parent / "tables" / "acceptance.csv").open(encoding="utf-8") as table:
    ROWS: list[Row] = list(csv.DictReader(table))

# An ordinary day, a leap day, the last day of a long month, the first of a year, before a leap day.
MOMENTS = [
    datetime(2026, 11, 22, 12, tzinfo=UTC),
    datetime(2028, 2, 29, 12, tzinfo=UTC),
    datetime(2026, 8, 31, 23, 59, 59, tzinfo=UTC),
    datetime(2027, 1, 1, tzinfo=UTC),
    datetime(2028, 2, 28, 23, 59, 59, 999999, tzinfo=UTC),
]

_AGE = re.compile(
    r"(?P<sign>-?)P(?:(?P<years>\d+)Y)?(?:(?P<months>\d+)M)?(?:(?P<days>\d+)D)?"
    r"(?:T(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?(?:(?P<seconds>\d+)S)?)?"
)


def captured(age: str, at: datetime) -> datetime:
    """The moment an ISO 8601 age before ``at``: months first, to the month's last day at most."""
    match = _AGE.fullmatch(age)
    assert match is not None, age
    parts = {name: int(match[name] or 0) for name in match.groupdict() if name != "sign"}
    months = 12 * parts.pop("years") + parts.pop("months")
    year, month = at.year, at.month
    for _ in range(months):
        year, month = (year - 1, 12) if month == 1 else (year, month - 1)
    day = at.day
    while True:
        try:
            moved = at.replace(year=year, month=month, day=day)
            break
        except ValueError:
            day -= 1
    length = timedelta(**parts)
    return moved + length if match["sign"] else moved - length


def case_id(row: Row) -> str:
    return f"{row['case']}-{row['profile']}-{row['age']}-{row['category']}-{row['reason']}"


@pytest.mark.parametrize("row", ROWS, ids=case_id)
def test_row_through_the_function(row: Row) -> None:
    for at in MOMENTS:
        authorised = row["authorised_by"] != "none"
        decision = decide_read(
            captured_at=captured(row["age"], at),
            category=Category(row["category"]),
            authorised_by=Rank(row["authorised_by"]) if authorised else None,
            authoriser_is_self=row["authoriser"] == "self" if authorised else None,
            training=Training(row["training"]),
            role_fit=RoleFit(row["role"]),
            profile=load_profile(row["profile"]),
            at=at,
        )
        assert decision.allowed is (row["decision"] == "allow"), at
        assert row["reason"] in decision.reasons, at
        assert decision.action is Action.SEARCH
        assert decision.profile == load_profile(row["profile"]).label
        assert_clauses(decision.findings, action="search", band=decision.band)


def arguments(row: Row, at: datetime) -> list[str]:
    given = [
        f"--profile={row['profile']}",
        f"--captured-at={captured(row['age'], at).isoformat()}",
        f"--at={at.strftime('%Y-%m-%dT%H:%M:%S.%fZ')}",
        f"--category={row['category']}",
        f"--training={row['training']}",
        f"--role={row['role']}",
    ]
    if row["authorised_by"] != "none":
        given += [f"--authorised-by={row['authorised_by']}", f"--authoriser={row['authoriser']}"]
    return given


@pytest.mark.parametrize("row", ROWS, ids=case_id)
def test_row_through_the_command(row: Row) -> None:
    result = CliRunner().invoke(app, ["decide", *arguments(row, MOMENTS[0])])
    assert result.exit_code == 0
    answer = json.loads(result.stdout)
    assert set(answer) == {"decision", "reasons", "band"}
    assert answer["decision"] == row["decision"]
    assert row["reason"] in answer["reasons"]
    assert isinstance(answer["band"], str)


def test_the_installed_command_prints_one_object_and_nothing_else() -> None:
    row = ROWS[14]
    program = "from openanpr.cli.main import main; main()"
    result = subprocess.run(
        [sys.executable, "-c", program, "policy", "decide", *arguments(row, MOMENTS[0])],
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(result.stdout) == {
        "decision": "deny",
        "reasons": ["rank-too-low"],
        "band": "90-days-to-12-months",
    }
    assert result.stderr == ""


def test_policy_decide_loads_neither_django_nor_the_database_driver() -> None:
    program = (
        "import sys, openanpr.cli.policy, openanpr.workflow;"
        "print(sorted({name.split('.')[0] for name in sys.modules} & {'django', 'psycopg'}))"
    )
    result = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert result.stdout.strip() == "[]"
