"""The command itself: what it lists, and that the roadside's commands need no server packages."""

import subprocess
import sys

import pytest

from openanpr import __version__
from openanpr.cli.main import COMMANDS

SERVER_ONLY = ("django", "psycopg", "allauth", "granian", "jinja2")
BLOCK = (
    "import sys\n"
    f"for name in {SERVER_ONLY!r}: sys.modules[name] = None\n"
    "from openanpr.cli.main import main\n"
    "main(sys.argv[1:])\n"
)


def run(*arguments: str, code: str | None = None) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", code] if code else [sys.executable, "-m", "openanpr"]
    return subprocess.run([*command, *arguments], capture_output=True, text=True, check=False)


def test_help_lists_every_command():
    answer = run("--help")
    assert answer.returncode == 0
    for name in COMMANDS:
        assert name in answer.stdout


def test_version():
    assert run("--version").stdout.strip() == f"openanpr {__version__}"


def test_an_unknown_command_is_a_usage_error():
    answer = run("frobnicate")
    assert answer.returncode == 2
    assert "frobnicate" in answer.stderr


@pytest.mark.parametrize("command", ["read", "detect", "policy", "roadside"])
def test_the_roadside_s_commands_need_no_server_packages(command):
    answer = run(command, "--help", code=BLOCK)
    assert answer.returncode == 0, answer.stderr
