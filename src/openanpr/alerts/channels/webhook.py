"""A webhook: one POST of JSON, signed with the channel's secret.

``OpenANPR-Signature: t=<seconds since 1970>,v1=<hex>`` where v1 is HMAC-SHA256, keyed with the
secret, over ``t``, a full stop and the body. A receiver recomputes it, compares in constant time
and refuses a ``t`` more than five minutes off. ``OpenANPR-Message`` names the message: the same one
may come more than once.
"""

import hashlib
import hmac
from collections.abc import Collection
from datetime import datetime
from typing import Final

import httpx

from openanpr.alerts.channels.addresses import Target, judge
from openanpr.alerts.channels.interface import CannotDeliver, Message

_TIMEOUT: Final = httpx.Timeout(10.0, connect=5.0)


class Webhook:
    """Sends to one address."""

    def __init__(
        self, *, url: str, secret: str, at: datetime, inside: Collection[str] = ()
    ) -> None:
        self._url = url
        self._secret = secret
        self._at = at
        self._inside = inside

    def send(self, notice: Message) -> None:
        """Post the notice; any 2xx answer is taken as received."""
        target = judge(self._url, inside=self._inside)
        body = notice.body()
        headers = {
            "Host": f"{target.host}:{target.port}",
            "Content-Type": "application/json",
            "User-Agent": "OpenANPR",
            "OpenANPR-Message": notice.message,
            "OpenANPR-Signature": signature(self._secret, body, at=self._at),
        }
        status = _post(target, body, headers)
        if 300 <= status < 400:
            raise CannotDeliver("the receiver sends us elsewhere: give its own address", final=True)
        if not 200 <= status < 300:
            raise CannotDeliver(f"the receiver answered {status}", final=status in (404, 410))


def signature(secret: str, body: bytes, *, at: datetime) -> str:
    """The value of the header ``OpenANPR-Signature`` for this body at this time."""
    moment = str(int(at.timestamp()))
    digest = hmac.new(secret.encode(), moment.encode() + b"." + body, hashlib.sha256)
    return f"t={moment},v1={digest.hexdigest()}"


def _post(target: Target, body: bytes, headers: dict[str, str]) -> int:
    ip = f"[{target.ip}]" if ":" in target.ip else target.ip
    try:
        with httpx.Client(timeout=_TIMEOUT, trust_env=False, follow_redirects=False) as client:
            answer = client.post(
                f"{target.scheme}://{ip}:{target.port}{target.path}",
                content=body,
                headers=headers,
                # The certificate must be the host's, though the connection goes to its address.
                extensions={"sni_hostname": target.host},
            )
    except httpx.HTTPError as problem:
        raise CannotDeliver(f"the receiver cannot be reached ({type(problem).__name__})") from None
    return answer.status_code
