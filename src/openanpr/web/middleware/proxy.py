"""What a proxy in front says of the browser is believed only where a setting names the proxy."""

from collections.abc import Callable
from ipaddress import ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

_SAID_BY_A_PROXY = ("HTTP_X_FORWARDED_PROTO", "HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_HOST")


class TrustedProxyMiddleware:
    """Drops forwarding headers from strangers; takes the browser's address from a named proxy.

    ``settings.TRUSTED_PROXIES``: networks in CIDR form. A proxy that is trusted must append to
    X-Forwarded-For: the last entry is its own word, the earlier ones are anybody's.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.networks = [ip_network(one) for one in settings.TRUSTED_PROXIES]

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not self._from_proxy(request):
            for name in _SAID_BY_A_PROXY:
                request.META.pop(name, None)
            return self.get_response(request)
        last = str(request.META.get("HTTP_X_FORWARDED_FOR", "")).rpartition(",")[2].strip()
        if _is_address(last):
            request.META["REMOTE_ADDR"] = last
        return self.get_response(request)

    def _from_proxy(self, request: HttpRequest) -> bool:
        sender = str(request.META.get("REMOTE_ADDR", ""))
        return _is_address(sender) and any(ip_address(sender) in one for one in self.networks)


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True
