"""The worker process: turns hits into alerts, and does what falls due."""

import logging
import signal
from threading import Event, Thread
from typing import Final

from openanpr.config.boot import set_up_django

CHECK_EVERY_S: Final = 60.0
_log = logging.getLogger(__name__)


def main() -> None:
    """Run until SIGTERM or SIGINT."""
    set_up_django("worker")
    from openanpr.alerts import dispatch

    stop = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    signer = Thread(target=_sign_roots, args=(stop,), name="sign-roots")
    signer.start()
    try:
        dispatch.run(stop)
    finally:
        stop.set()
        signer.join()


def _sign_roots(stop: Event) -> None:
    """Sign the end of the audit each hour; the first time at once."""
    from django.db import Error, close_old_connections, connection

    from openanpr.audit.root_store import sign_if_due
    from openanpr.audit.roots import SECRET, signing_key
    from openanpr.config.values import secret
    from openanpr.web.clock import now

    key = signing_key(secret(SECRET))
    while not stop.is_set():
        close_old_connections()
        try:
            sign_if_due(key=key, at=now())
        except (Error, OSError) as problem:
            _log.error("the audit's root is signed later: %s", type(problem).__name__)
        stop.wait(CHECK_EVERY_S)
    connection.close()


if __name__ == "__main__":
    main()
