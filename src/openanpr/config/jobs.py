"""The process that does jobs: what takes too long for a page, and what recurs."""

import signal
from threading import Event

from openanpr.config.boot import set_up_django


def main() -> None:
    """Run until SIGTERM or SIGINT."""
    set_up_django("jobs")
    from openanpr.jobs import running
    from openanpr.web.clock import now

    stop = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    running.run(stop, now=now)


if __name__ == "__main__":
    main()
