"""``openanpr serve``: every process of the back office, and with ``--demo`` invented traffic."""

import fcntl
import os
import shlex
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from openanpr.config.ports import PortTaken, claim_check, wait_until_answering
from openanpr.config.postgres.binaries import NoServer
from openanpr.config.postgres.cluster import Cluster, ClusterProblem
from openanpr.config.processes import back_office, roadside_agents
from openanpr.config.supervisor import Program, Supervisor
from openanpr.config.values import Settings, get_settings

app = typer.Typer(add_completion=False)
console = Console(stderr=True, highlight=False)


@app.command()
def serve(
    demo: Annotated[
        bool, typer.Option("--demo", help="Seed invented data and run simulated traffic.")
    ] = False,
    centre: Annotated[
        Path | None,
        typer.Option(
            "--centre",
            metavar="FOLDER",
            help="Stand for the national centre of the demonstration in that data folder.",
        ),
    ] = None,
) -> None:
    """Run every process until Ctrl-C; what ends by itself is started again."""
    if demo or centre is not None:
        os.environ["OPENANPR_DEMO"] = "true"
    if centre is not None:
        os.environ["OPENANPR_CENTRE"] = "true"
    settings = get_settings()
    try:
        with _only_one(settings):
            _serve(settings, demo=demo or centre is not None, centre_of=centre)
    except (NoServer, ClusterProblem, PortTaken, AlreadyRunning, HalfRestored) as problem:
        console.print(f"[bold red]Cannot start:[/] {problem}", markup=True)
        raise typer.Exit(1) from None


class HalfRestored(Exception):
    """A restore was begun in this data folder and not finished."""


class AlreadyRunning(Exception):
    """Another ``serve`` uses this data folder."""


def _serve(settings: Settings, *, demo: bool, centre_of: Path | None = None) -> None:
    from openanpr.config.installation import prepared_database

    _refuse_half_restored(settings)
    claim_check(settings)
    if demo:
        from openanpr.demo.guard import claim_data_folder

        claim_data_folder(settings)
    with prepared_database(say=_say) as cluster:
        programs = back_office(settings)
        if centre_of is not None:
            _seed_centre(settings, centre_of)
        elif demo:
            programs += _seed(settings)
        else:
            _tell_if_not_founded()
        _supervise(settings, programs, cluster)
        _say("Stopping PostgreSQL" if cluster else "Stopped")


def _tell_if_not_founded() -> None:
    from openanpr.accounts.services.founding import is_founded

    if not is_founded():
        _say(
            "Nobody can sign in yet: this installation has no force. "
            "Run `openanpr found` (docs/runbooks/first-installation.md); it may run beside this."
        )


def _refuse_half_restored(settings: Settings) -> None:
    from openanpr.backups.restoring import unfinished

    if unfinished(settings) is not None:
        raise HalfRestored(
            "A restore into this data folder was not finished. Run the same `openanpr restore` "
            "again, or start from an empty data folder."
        )


def _seed_centre(settings: Settings, force_folder: Path) -> None:
    from openanpr.demo.seed_centre import force_settings, seed_centre

    _say("Seeding a centre for the fictional police force")
    seed_centre(settings, force_folder=force_folder)
    told = " ".join(
        f"{name}={shlex.quote(value)}" for name, value in force_settings(settings).items()
    )
    _say("Start the force with these settings, and its reads come here:")
    console.print(f"{told} make run", markup=False, soft_wrap=True)


def _seed(settings: Settings) -> list[Program]:
    from openanpr.demo.seed import seed

    _say("Seeding a fictional police force")
    seed(settings)
    return roadside_agents(settings.data_dir / "demo" / "agents")


def _supervise(settings: Settings, programs: list[Program], cluster: Cluster | None) -> None:
    def revive() -> None:
        if cluster is not None and cluster.postmaster_pid() is None:
            _say("PostgreSQL ended; starting it again")
            cluster.ensure_running(_say)

    supervisor = Supervisor(programs, log_dir=settings.data_dir / "logs", say=_say, watch=revive)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: supervisor.request_stop())
    _say(f"Starting {', '.join(program.name for program in programs)}")
    try:
        supervisor.start()
        _wait_and_tell(settings, supervisor)
        supervisor.run()
    finally:
        _say("Stopping")
        supervisor.stop()


def _wait_and_tell(settings: Settings, supervisor: Supervisor) -> None:
    base = f"http://{settings.host}"

    def check() -> None:
        if ended := supervisor.ended():
            names = ", ".join(f"{name} (exit code {code})" for name, code in ended.items())
            raise ClusterProblem(f"{names} ended at once; see {settings.data_dir / 'logs'}.")

    silent = wait_until_answering(
        {
            "web": f"{base}:{settings.web_port}/",
            "ingest": f"{base}:{settings.ingest_port}/health",
            "live": f"{base}:{settings.live_port}/health",
        },
        timeout_s=90,
        check=check,
    )
    if silent:
        _say(f"Not answering yet: {', '.join(silent)}; see {settings.data_dir / 'logs'}")
    if settings.demo:
        from openanpr.demo.welcome import print_welcome

        print_welcome(settings)
    else:
        _say(f"OpenANPR is running: {settings.web_origin}  (Ctrl-C stops it)")


@contextmanager
def _only_one(settings: Settings) -> Iterator[None]:
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    with (settings.data_dir / "serve.lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AlreadyRunning(
                f"OpenANPR already runs from {_short(settings.data_dir)}: {settings.web_origin}"
            ) from None
        yield


def _short(path: Path) -> str:
    try:
        return str(path.relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def _say(text: str) -> None:
    console.print(f"[bold]==>[/] {text}", markup=True)
