"""The federation process: sends to the centre, or takes up at the centre what forces sent."""

import logging
import signal
from collections.abc import Callable
from threading import Event, Thread
from typing import Final

import psycopg

from openanpr.capture.clock import ClockWatch
from openanpr.capture.settings import SettingsProblem
from openanpr.config.boot import set_up_django
from openanpr.config.database import DatabaseRole, dsn
from openanpr.config.values import Settings, get_settings

_AGAIN_S: Final = 2.0
_SET_WRONG_S: Final = 60.0
_log = logging.getLogger(__name__)


def main() -> None:
    """Run until SIGTERM or SIGINT."""
    set_up_django("federation")
    settings = get_settings()
    stop = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    work: list[Callable[[], None]] = []
    if settings.centre:
        work.append(take_up)
    if settings.centre_url is not None:
        work.append(lambda: send(settings, stop))
    threads = [Thread(target=_kept_up, args=(one, stop)) for one in work]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def take_up() -> None:
    """At the centre: take up the registers that wait."""
    from django.db import close_old_connections

    from openanpr.federation.services.registering import registers_waiting, take_up_register
    from openanpr.web.clock import now

    close_old_connections()
    for link_id in registers_waiting():
        take_up_register(link_id=link_id, at=now())


def send(settings: Settings, stop: Event) -> None:
    """At a force: send until stopped. Raises psycopg.Error, SettingsProblem, LineProblem."""
    from django.db import close_old_connections

    from openanpr.federation.line import line_of
    from openanpr.federation.sender import Sender
    from openanpr.reads.images import image_store
    from openanpr.web.clock import now

    line = line_of(settings)
    clock = ClockWatch()
    link = line.open(clock)
    try:
        with psycopg.connect(
            dsn(DatabaseRole.FEDERATION, settings),
            autocommit=True,
            application_name="openanpr-federation",
            connect_timeout=5,
            options="-c synchronous_commit=on -c statement_timeout=60s -c lock_timeout=15s",
        ) as connection:
            sender = Sender(
                connection=connection,
                link=link,
                clock=clock,
                force=line.force,
                images=image_store(settings),
                now=now,
            )
            while not stop.is_set():
                close_old_connections()
                stop.wait(sender.round())
    finally:
        link.close()


def _kept_up(work: Callable[[], None], stop: Event) -> None:
    from django.db import Error, connection

    from openanpr.federation.line import LineProblem
    from openanpr.federation.sender import AnotherSender

    while not stop.is_set():
        pause = _AGAIN_S / 2
        try:
            work()
        except (LineProblem, SettingsProblem) as problem:
            _log.error("nothing goes to the centre: %s", problem)
            pause = _SET_WRONG_S
        except AnotherSender:
            pause = _AGAIN_S
        except (Error, psycopg.Error, OSError) as problem:
            # By class alone: the text of a database error may quote a mark.
            _log.error("federation tries again in a moment: %s", type(problem).__name__)
            connection.close()
            pause = _AGAIN_S
        stop.wait(pause)
    connection.close()


if __name__ == "__main__":
    main()
