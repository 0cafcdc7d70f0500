"""The worker process: turns hits into alerts, and does what falls due."""

import signal
from threading import Event

from openanpr.config.boot import set_up_django


def main() -> None:
    """Run until SIGTERM or SIGINT."""
    set_up_django("worker")
    from openanpr.alerts import dispatch

    stop = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    dispatch.run(stop)


if __name__ == "__main__":
    main()
