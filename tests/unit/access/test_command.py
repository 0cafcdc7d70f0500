"""``openanpr policy``: bad input gets a sentence and exit code 2; the page is not stale."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from openanpr.access.document import policy_document
from openanpr.access.profiles import shipped_names, shipped_profile
from openanpr.access.vocabulary import Counting, Reason, Role
from openanpr.cli.policy import app

PAGE = Path(__file__).parents[3] / "docs" / "access-policy.md"
USUAL = {
    "--profile": "essex-2y",
    "--captured-at": "2026-05-01T12:00:00Z",
    "--at": "2026-11-22T12:00:00Z",
    "--category": "serious",
    "--training": "valid",
    "--role": "relevant",
}


def decide(**changes: str) -> tuple[int, str, str]:
    given = USUAL | {f"--{name.replace('_', '-')}": value for name, value in changes.items()}
    result = CliRunner().invoke(app, ["decide", *[word for pair in given.items() for word in pair]])
    return result.exit_code, result.stdout, result.stderr


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"authorised_by": "wizard"}, "--authorised-by can't be 'wizard'. Use one of constable, "),
        ({"authoriser": "me"}, "--authoriser can't be 'me'. Use one of other, self."),
        ({"category": "murder"}, "--category can't be 'murder'. Use one of other-legitimate, "),
        ({"training": "yes"}, "--training can't be 'yes'. Use one of valid, lapsed, none."),
        ({"role": "boss"}, "--role can't be 'boss'. Use one of relevant, none."),
        ({"at": "2026-11-22T12:00:00"}, "--at has no time zone"),
        ({"captured_at": "2026-11-22"}, "--captured-at has no time zone"),
        ({"at": "yesterday"}, "--at can't be read as a time: 'yesterday'. Give ISO 8601"),
        ({"at": ""}, "--at can't be read as a time"),
        ({"captured_at": "2026-02-30T00:00:00Z"}, "--captured-at can't be read as a time"),
        ({"at": "0001-01-01T00:00:00+14:00"}, "--at must lie between the years 1900 and 8999"),
        ({"at": "9999-12-31T23:59:59Z"}, "--at must lie between the years 1900 and 8999"),
        ({"profile": "kent"}, "There is no profile named 'kent'. Use one of essex-2y, example-12m"),
        ({"profile": "/nowhere/own.toml"}, "/nowhere/own.toml can't be read"),
        ({"profile": ""}, "There is no profile named ''"),
        ({"profile": "."}, "There is no profile named '.'"),
    ],
)
def test_bad_input_is_answered_in_a_sentence(changes: dict[str, str], sentence: str) -> None:
    code, out, err = decide(**changes)
    assert (code, out) == (2, "")
    assert sentence in err
    assert err.count("\n") == 1
    assert "Traceback" not in err


def test_a_missing_option_is_bad_input() -> None:
    result = CliRunner().invoke(app, ["decide", "--profile", "essex-2y"])
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "--captured-at" in result.stderr


@pytest.mark.parametrize(
    ("changes", "reasons"),
    [
        ({}, ["authorisation-required"]),
        ({"authorised_by": "none", "authoriser": "-"}, ["authorisation-required"]),
        ({"authorised_by": "inspector"}, ["authorisation-required"]),
        ({"authoriser": "other"}, ["authorisation-required"]),
        ({"authorised_by": "inspector", "authoriser": "other"}, ["authorised"]),
        ({"authorised_by": "sergeant", "authoriser": "self"}, ["rank-too-low", "self-authorised"]),
        (
            {"category": "other-legitimate", "training": "none", "role": "none"},
            ["not-trained", "role-not-relevant", "category-not-allowed", "authorisation-required"],
        ),
        ({"captured_at": "2026-11-22T13:00:00+01:00"}, ["within-90-days"]),
        ({"captured_at": "2026-11-22T12:00:02Z"}, ["within-90-days"]),
        ({"captured_at": "2026-11-22T12:00:02.000001Z"}, ["captured-in-the-future"]),
    ],
)
def test_a_denial_gives_every_reason_it_has(changes: dict[str, str], reasons: list[str]) -> None:
    code, out, err = decide(**changes)
    assert (code, err) == (0, "")
    answer = json.loads(out)
    assert answer["reasons"] == reasons
    assert answer["decision"] == (
        "allow" if len(reasons) == 1 and reasons[0] in {"authorised", "within-90-days"} else "deny"
    )


@pytest.mark.parametrize(
    ("captured_at", "band"),
    [
        ("2026-11-22T12:00:00Z", "0-90-days"),
        ("2026-08-24T12:00:00Z", "90-days-to-12-months"),
        ("2025-11-22T12:00:00Z", "12-to-24-months"),
        ("2024-11-22T12:00:00Z", "beyond-retention"),
        ("2026-11-22T12:00:03Z", "future"),
    ],
)
def test_the_band_is_named(captured_at: str, band: str) -> None:
    _, out, _ = decide(captured_at=captured_at)
    assert json.loads(out)["band"] == band


def test_a_profile_of_ones_own_by_its_path(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    source = Path(__file__).parents[3] / "src/openanpr/access/profiles/essex-2y.toml"
    text = source.read_text(encoding="utf-8").replace(
        'lowest_rank = "inspector"', 'lowest_rank = "chief-inspector"'
    )
    own.write_text(text, encoding="utf-8")
    _, out, _ = decide(profile=str(own), authorised_by="inspector", authoriser="other")
    assert json.loads(out)["reasons"] == ["rank-too-low"]
    own.write_text(text.replace("version", "varsion"), encoding="utf-8")
    code, out, err = decide(profile=str(own))
    assert (code, out) == (2, "")
    assert err.startswith(f"The profile {own} can't be used: version is missing")


def test_the_page_in_docs_is_what_the_tables_say() -> None:
    made = policy_document([shipped_profile(name) for name in shipped_names()])
    stale = "run: openanpr policy document --output docs/access-policy.md"
    assert PAGE.read_text(encoding="utf-8") == made, stale


def test_the_document_goes_to_the_terminal_or_to_a_file(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    printed = CliRunner().invoke(app, ["document"])
    written = CliRunner().invoke(app, ["document", "--output", str(page)])
    assert (printed.exit_code, written.exit_code) == (0, 0)
    assert printed.stdout == page.read_text(encoding="utf-8") == PAGE.read_text(encoding="utf-8")
    assert written.stdout == ""
    one = CliRunner().invoke(app, ["document", "--profile", "example-12m"])
    assert "## Profile example-12m" in one.stdout
    assert "essex-2y" not in one.stdout


def test_the_document_of_a_profile_that_counts_days_and_narrows_a_band() -> None:
    essex = shipped_profile("essex-2y")
    second = replace(essex.bands[1], roles=frozenset({Role.SEARCHER, Role.ANALYST}))
    own = replace(
        essex,
        counting=Counting.DAYS,
        bands=(essex.bands[0], second, essex.bands[2]),
    )
    page = policy_document([own])
    assert "Ages are counted by whole days." in page.replace("\n", " ")
    assert "| 90 days to under 12 months (analyst, searcher only) | no | inspector |" in page


def test_a_document_that_cannot_be_made_says_why(tmp_path: Path) -> None:
    unknown = CliRunner().invoke(app, ["document", "--profile", "kent"])
    assert unknown.exit_code == 2
    assert "no profile named 'kent'" in unknown.stderr
    nowhere = CliRunner().invoke(app, ["document", "--output", str(tmp_path / "no" / "page.md")])
    assert nowhere.exit_code == 2
    assert "can't be written" in nowhere.stderr


def test_the_document_says_what_a_lawyer_looks_for() -> None:
    page = PAGE.read_text(encoding="utf-8")
    for line in (
        "| under 90 days | yes | yes | yes | yes | yes |",
        "| 90 days to under 12 months | no | inspector | inspector | inspector | inspector |",
        "| 12 months to under 24 months | no | no | no | superintendent | superintendent |",
        "| 24 months and over | no | no | no | no | no |",
        "| 90 days to under 12 months | no | no | inspector | inspector | inspector |",
        "| 29 February 2028 12:00 UTC | 12 months | 28 February 2027 12:00 UTC |",
    ):
        assert line in page
    assert all(f"| {reason} |" in page for reason in Reason)
    assert max(map(len, (line for line in page.splitlines() if not line.startswith("|")))) <= 250
