"""What is said once everything runs: the address, and one way in for each role."""

from datetime import datetime
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.table import Table

from openanpr.config.values import Settings
from openanpr.demo.agents import bench_file, car_page_port
from openanpr.demo.logins import code_of, read_logins
from openanpr.demo.people import PEOPLE

# A narrower screen shows the table without its last column, so that each account is one line.
_ROOMY: Final = 110


def print_welcome(settings: Settings) -> None:
    """Print the address and the table of log-ins on standard error."""
    from openanpr.web.clock import now

    console = Console(stderr=True, highlight=False)
    console.print()
    console.print(f"  OpenANPR is running:  [bold]{settings.web_origin}[/]")
    print_logins(settings, at=now(), console=console)
    console.print(
        "  A code lasts half a minute; the next: [bold].venv/bin/openanpr demo code USERNAME[/]"
    )
    console.print(
        f"  The patrol car's own screen, with the network or without: "
        f"[bold]http://127.0.0.1:{car_page_port(settings)}[/]"
    )
    bench = _short(bench_file(settings))
    console.print(
        f"  Your own pictures: .venv/bin/openanpr roadside --config {bench} --source FOLDER",
        soft_wrap=True,
    )
    console.print("  All of this is invented: force, people, vehicles. Ctrl-C stops it.")


def _short(path: Path) -> str:
    try:
        return str(path.relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def print_logins(settings: Settings, *, at: datetime, console: Console) -> None:
    """Print one line an account: role, user name, password, the code at `at`, what to try."""
    logins = read_logins(settings)
    roomy = console.width >= _ROOMY
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    for title in ("  User name", "Password", "Code now", "Role", *(["What to try"] * roomy)):
        table.add_column(title, no_wrap=True, overflow="ellipsis")
    for person in PEOPLE:
        login = logins.get(person.username)
        if login is None:
            continue
        code = code_of(login, at=at).digits
        row = (f"  {person.username}", login.password, code, person.role_words)
        table.add_row(*row, *([person.suggestion] * roomy))
    console.print(table)
