"""``openanpr bench alert``: from the POST of a read to the event in an officer's browser."""

import json
import os
import shutil
import socket
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

app = typer.Typer(name="alert", rich_markup_mode=None, add_completion=False)
console = Console(stderr=True, highlight=False)

_OF_ANOTHER_INSTALLATION = (
    "OPENANPR_DATABASE_DSN",
    "OPENANPR_SECRETS_DIR",
    "OPENANPR_DEMO",
    "OPENANPR_TLS",
    "OPENANPR_HOST",
    "OPENANPR_PUBLIC_HOST",
    "DJANGO_SETTINGS_MODULE",
)


class Format(StrEnum):
    """How the result is printed."""

    TEXT = "text"
    JSON = "json"


@app.command()
def alert(
    entries: Annotated[int, typer.Option(min=0, help="Marks on the lists.")] = 3_000_000,
    rate: Annotated[float, typer.Option(min=1, help="Reads a second, all readers.")] = 1_200,
    seconds: Annotated[float, typer.Option(min=1, help="How long to deliver reads.")] = 30,
    alerts: Annotated[int, typer.Option(min=1, help="How many reads hit, spread evenly.")] = 120,
    screens: Annotated[int, typer.Option(min=1, help="Officers with an open stream.")] = 1,
    browser: Annotated[
        bool, typer.Option(help="Measure in Chromium where there is one; else a plain client.")
    ] = True,
    folder: Annotated[
        Path | None, typer.Option(help="Where the scratch installation goes (default: /tmp).")
    ] = None,
    output: Annotated[Format, typer.Option("--format", help="text or json.")] = Format.TEXT,
) -> None:
    """Deliver reads through HTTP to every process of a real installation and time the alerts.

    A time runs from the moment at which the read's POST begins to the handler of an EventSource on
    the officer's own page. Everything is made in a folder that is removed afterwards.
    """
    with _scratch(folder):
        from openanpr.config.boot import set_up_django

        set_up_django("owner")
        from openanpr.cli.bench_alert_measuring import BenchRefused, measure

        try:
            figures = measure(
                entries=entries,
                rate=rate,
                seconds=seconds,
                alerts=alerts,
                screens=screens,
                browser=browser,
                say=console.print,
            )
        except BenchRefused as problem:
            console.print(f"No figures: {problem}", style="red")
            raise typer.Exit(1) from None
    _print(figures, output)


def _print(figures: dict[str, Any], output: Format) -> None:
    if output is Format.JSON:
        sys.stdout.write(json.dumps(figures) + "\n")
        return
    width = max(map(len, figures))
    for name, value in figures.items():
        sys.stdout.write(f"{name:<{width}}  {value}\n")


@contextmanager
def _scratch(folder: Path | None) -> Iterator[None]:
    """Settings of an installation of its own, gone when the block ends."""
    scratch = Path(tempfile.mkdtemp(prefix="openanpr-bench-", dir=folder))
    scratch.chmod(0o711)  # the database's own user passes through
    for name in _OF_ANOTHER_INSTALLATION:
        os.environ.pop(name, None)
    os.environ["OPENANPR_DATA_DIR"] = str(scratch / "data")
    for process, port in zip(("WEB", "INGEST", "LIVE"), _free_ports(3), strict=True):
        os.environ[f"OPENANPR_{process}_PORT"] = str(port)
    try:
        yield
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _free_ports(count: int) -> list[int]:
    probes = [socket.socket() for _ in range(count)]
    try:
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [int(probe.getsockname()[1]) for probe in probes]
    finally:
        for probe in probes:
            probe.close()
