"""The live process: alerts to the screens of the officers entitled to them, as they happen.

A plain ASGI application. Django is set up for its models and settings; it handles no request.
"""

from openanpr.config.boot import set_up_django

set_up_django("live")

from openanpr.alerts.live.server import LiveApplication  # noqa: E402 - needs the models

__all__ = ["application"]

application = LiveApplication()
