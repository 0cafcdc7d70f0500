"""``openanpr roadside``: runs one roadside or in-vehicle agent from its settings file."""

import logging
import signal
from pathlib import Path
from typing import Annotated

import msgspec
import typer
from rich.console import Console

app = typer.Typer(add_completion=False)


@app.command()
def roadside(
    config: Annotated[Path, typer.Option("--config", help="The agent's settings file (TOML).")],
    source: Annotated[
        str | None,
        typer.Option(
            "--source",
            help="Take frames from here instead: a folder of pictures, a film, or an address "
            "such as rtsp://host/stream. Only the agent's first camera then runs.",
        ),
    ] = None,
    sequence: Annotated[
        bool,
        typer.Option(
            "--sequence", help="With --source: a folder's pictures follow one another as a film's."
        ),
    ] = False,
) -> None:
    """Read number plates at the roadside or in a vehicle and send the reads on.

    Ends with Ctrl-C, or once a folder or film is done and all is sent. What could not be sent
    waits in the spool for the next start.
    """
    from openanpr.capture.agent import Agent, run_agent
    from openanpr.capture.frames import SourceProblem
    from openanpr.capture.settings import SettingsProblem, load_settings
    from openanpr.capture.spool import SpoolProblem
    from openanpr.reading import ModelProblem

    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    # Its lines name every address that is asked for, which says nothing that ours do not.
    logging.getLogger("httpx").setLevel(logging.WARNING)
    console = Console(stderr=True, highlight=False, soft_wrap=True)

    def stop_on_signal(agent: Agent) -> None:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: agent.stop())
        console.print(f"Reading; sending to {settings.ingest_url}. Ctrl-C stops it.", markup=False)

    try:
        settings = load_settings(config)
        if source is not None:
            first = msgspec.structs.replace(
                settings.cameras[0],
                source=source if "://" in source else str(Path(source).absolute()),
                pictures="sequence" if sequence else "independent",
            )
            settings = msgspec.structs.replace(settings, cameras=(first,))
        failed = run_agent(settings, stop_on_signal)
    except (SettingsProblem, SourceProblem, SpoolProblem, ModelProblem) as problem:
        console.print(f"Cannot run: {problem}", style="bold red", markup=False)
        raise typer.Exit(1) from None
    for text in failed:
        console.print(text, style="bold red", markup=False)
    if failed:
        raise typer.Exit(1)
