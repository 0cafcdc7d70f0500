"""What people type to get at the demonstration's log-ins, and where it is refused."""

import re
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console
from typer.testing import CliRunner

from openanpr.cli.demo import app
from openanpr.config.values import Settings
from openanpr.demo.guard import claim_data_folder
from openanpr.demo.logins import complete_logins, read_logins
from openanpr.demo.people import PEOPLE
from openanpr.demo.welcome import print_logins, print_welcome


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A demonstration's data folder with log-ins; the commands take it for theirs."""
    made = Settings(data_dir=tmp_path / "data")
    claim_data_folder(made)
    complete_logins(made, [person.username for person in PEOPLE])
    monkeypatch.setattr("openanpr.cli.demo.get_settings", lambda: made)
    return made


def test_every_account_is_one_line_of_a_narrow_screen(settings: Settings) -> None:
    for width in (80, 140):
        out = StringIO()
        at = datetime(2026, 11, 22, tzinfo=UTC)
        print_logins(settings, at=at, console=Console(file=out, width=width))
        lines = out.getvalue().splitlines()
        assert len(lines) == len(PEOPLE) + 1
        assert max(len(line.rstrip()) for line in lines) <= width
        for person in PEOPLE:
            (line,) = [text for text in lines if text.startswith(f"  {person.username} ")]
            assert read_logins(settings)[person.username].password in line
            assert person.role_words in line


def test_the_welcome_fits_on_one_screen_and_names_the_address(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    print_welcome(settings)
    told = capsys.readouterr().err
    assert settings.web_origin in told
    assert len(told.splitlines()) <= 24


def test_a_code_is_six_digits_and_alone_on_standard_output(settings: Settings) -> None:
    result = CliRunner().invoke(app, ["code", "patrol"])
    assert result.exit_code == 0
    assert re.fullmatch(r"\d{6}\n", result.stdout)


def test_an_unknown_name_has_no_code(settings: Settings) -> None:
    result = CliRunner().invoke(app, ["code", "nobody"])
    assert result.exit_code == 1
    assert result.stdout == ""


@pytest.mark.security
@pytest.mark.parametrize("command", [["logins"], ["code", "patrol"], ["seed"]])
def test_nothing_is_done_where_a_database_is_configured(
    command: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Settings(data_dir=tmp_path / "data", database_dsn="host=db.example")
    monkeypatch.setattr("openanpr.cli.demo.get_settings", lambda: real)
    result = CliRunner().invoke(app, command)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert "database is configured" in " ".join(result.stderr.split())
