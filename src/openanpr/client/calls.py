"""The calls, each as one method."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from types import TracebackType
from typing import Any, Final, Self, TypeVar
from uuid import UUID

import httpx
import msgspec

from openanpr.client.answers import (
    Authorisation,
    Exhibit,
    FoundRead,
    Investigation,
    Me,
    SearchPage,
)
from openanpr.client.problems import CallFailed, Refused, TooManyCalls

Answer = TypeVar("Answer")
_PREFIX: Final = "/api/v1"
_SECONDS: Final = 60.0


class Client:
    """Calls one installation with one token. Use it as a context manager, or ``close`` it.

    Every method raises ``Refused``, ``TooManyCalls`` or ``CallFailed``.
    """

    def __init__(
        self, address: str, token: str, *, transport: httpx.BaseTransport | None = None
    ) -> None:
        self._http = httpx.Client(
            base_url=address.rstrip("/") + _PREFIX,
            headers={"Authorization": f"Bearer {token}"},
            timeout=_SECONDS,
            transport=transport,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connection."""
        self._http.close()

    def me(self) -> Me:
        """Whom the token acts for."""
        return self._get("/me", Me)

    def investigations(self) -> list[Investigation]:
        """The investigations in whose team the person is."""
        return self._get("/investigations", list[Investigation])

    def authorisations(self, *, investigation: str) -> list[Authorisation]:
        """What authority was asked for, and what came of it, newest first."""
        asked = {"investigation": investigation}
        return self._get("/authorisations", list[Authorisation], asked)

    def search(
        self,
        *,
        investigation: str,
        reason: str,
        captured_from: datetime,
        captured_to: datetime,
        mark: str | None = None,
        marks: Sequence[str] | None = None,
        pattern: str | None = None,
        cameras: Sequence[int] | None = None,
        areas: Sequence[str] | None = None,
        **more: Any,
    ) -> SearchPage:
        """Search for one of: a mark, several, part of one (``?`` and ``*``), cameras or areas.

        ``captured_from`` is in the period, ``captured_to`` is not. ``more``: ``look_alikes``,
        ``misreads``, ``surveillance`` and ``most``, as the interface's description has them.
        """
        kinds = {"mark": mark, "marks": marks, "part": pattern, "place": cameras or areas}
        given = [kind for kind, value in kinds.items() if value]
        if len(given) != 1:
            raise ValueError("give one of: mark, marks, pattern, and cameras or areas")
        body = {
            "investigation": investigation,
            "reason": reason,
            "kind": given[0],
            "captured_from": captured_from,
            "captured_to": captured_to,
            "mark": mark,
            "marks": marks,
            "pattern": pattern,
            "cameras": cameras,
            "areas": areas,
            **more,
        }
        return self._post("/searches", SearchPage, body)

    def more(self, page: SearchPage) -> SearchPage | None:
        """The page after this one; ``None`` where it was the last."""
        if not page.after:
            return None
        body = {"search": page.search, "after": page.after}
        return self._post("/searches/more", SearchPage, body)

    def reads(self, **asked: Any) -> Iterator[FoundRead]:
        """Every read of a search, page by page; each page is decided and recorded by itself."""
        page: SearchPage | None = self.search(**asked)
        while page is not None:
            yield from page.reads
            page = self.more(page)

    def make_exhibit(
        self,
        reads: Sequence[FoundRead],
        *,
        investigation: str,
        reason: str,
        recipient: str,
        initials: str,
        **terms: Any,
    ) -> Exhibit:
        """Have an exhibit made of reads found within the hour; look at it again until it is ready.

        ``terms``: ``edition``, ``jurisdiction`` and ``keep_days``.
        """
        body = {
            "investigation": investigation,
            "reason": reason,
            "recipient": recipient,
            "initials": initials,
            "picks": [one.pick for one in reads],
            **terms,
        }
        return self._post("/exhibits", Exhibit, body)

    def exhibit(self, exhibit_id: UUID, *, investigation: str) -> Exhibit:
        """An exhibit as it stands now."""
        return self._get(f"/exhibits/{exhibit_id}", Exhibit, {"investigation": investigation})

    def pack(self, exhibit_id: UUID, *, investigation: str) -> bytes:
        """The pack, a ZIP file for ``verify/evidence_check.py``."""
        asked = {"investigation": investigation}
        return self._call("GET", f"/exhibits/{exhibit_id}/pack", params=asked).content

    def _get(self, path: str, kind: type[Answer], asked: Mapping[str, str] | None = None) -> Answer:
        return self._read(self._call("GET", path, params=asked), kind)

    def _post(self, path: str, kind: type[Answer], body: Mapping[str, Any]) -> Answer:
        given = {name: value for name, value in body.items() if value is not None}
        headers = {"Content-Type": "application/json"}
        content = msgspec.json.encode(given)
        return self._read(self._call("POST", path, content=content, headers=headers), kind)

    def _call(self, method: str, path: str, **parts: Any) -> httpx.Response:
        try:
            response = self._http.request(method, path, **parts)
        except httpx.HTTPError as problem:
            raise CallFailed(0, f"nothing came back: {type(problem).__name__}") from problem
        if response.is_success:
            return response
        raise _problem_of(response)

    @staticmethod
    def _read(response: httpx.Response, kind: type[Answer]) -> Answer:
        try:
            return msgspec.json.decode(response.content, type=kind)
        except msgspec.MsgspecError as problem:
            raise CallFailed(response.status_code, "the answer is not understood") from problem


def _problem_of(response: httpx.Response) -> CallFailed:
    try:
        said = msgspec.json.decode(response.content, type=dict[str, Any])
    except msgspec.MsgspecError:
        said = {}
    detail = str(said.get("detail") or f"HTTP {response.status_code}")
    reasons = tuple(str(one) for one in said.get("reasons") or ())
    if response.status_code == httpx.codes.TOO_MANY_REQUESTS:
        wait = response.headers.get("Retry-After", "")
        return TooManyCalls(detail, int(wait) if wait.isdigit() else 60)
    kind = Refused if response.status_code in {401, 403} else CallFailed
    return kind(response.status_code, detail, reasons)
