"""Everything that a person can fetch: each address that their roles open, and what it leads to."""

import contextlib
import re
import tomllib
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.test import Client
from django.urls import reverse

from openanpr.web.permissions import DeclaredUrl, declared_urls
from tests.functional.search.test_journey import moment, search_form

TABLE = Path(__file__).parents[2] / "functional" / "url_roles.toml"
ENDS_THE_SESSION = {"account_logout", "usersessions_list", "account_change_password"}
SAMPLES: dict[str, object] = {
    "Int": 1,
    "String": "x",
    "Slug": "x",
    "UUID": uuid.UUID(int=1),
    "Path": "x",
}
_LED_TO = re.compile(rb'(?:src|href|data-points)="(/(?:images|alerts/rows)/[^"]*)"')


@dataclass(frozen=True, slots=True)
class Answer:
    """What came: where from, its status, and all of it, headers first."""

    name: str
    method: str
    status: int
    content: bytes


def rows() -> dict[str, set[str]]:
    """The roles of each address by its name, from the table that is written by hand."""
    with TABLE.open("rb") as file:
        return {row["name"]: set(row["roles"]) for row in tomllib.load(file)["url"]}


def addresses(
    words: set[str], kwargs: Mapping[str, object], *, method: str
) -> Iterator[tuple[str, str]]:
    """(name, address) of every address that answers the method for one of these words."""
    table = rows()
    for url in declared_urls():
        allowed = url.permission is not None and url.permission.allows_method(method)
        if allowed and table.get(url.name, set()) & words:
            yield url.name, reverse(url.name, kwargs=_filled(url, kwargs))


def fetched(client: Client, words: set[str], kwargs: Mapping[str, object]) -> Iterator[Answer]:
    """Every page, and the pictures and rows that it leads to."""
    for name, address in addresses(words, kwargs, method="GET"):
        answer = _answer(name, "GET", client.get(address))
        yield answer
        for inner in sorted(set(_LED_TO.findall(answer.content))):
            yield _answer(f"{name}: {inner.decode()[:20]}", "GET", client.get(inner.decode()))


def sent_empty(client: Client, words: set[str], kwargs: Mapping[str, object]) -> Iterator[Answer]:
    """Every form sent empty: error texts tell too."""
    for name, address in addresses(words, kwargs, method="POST"):
        if name not in ENDS_THE_SESSION:
            yield _answer(name, "POST", client.post(address, {}))


def searched(client: Client, investigation: Any, at: Any, *, run_of: Any) -> Iterator[Answer]:
    """Each kind of search, answered; and its result taken out in each format."""
    form = search_form(investigation, at)
    hours = moment("period_from", at - timedelta(hours=5))
    kinds: dict[str, dict[str, object]] = {
        "part": {"pattern": "OA3*"},
        "marks": {"marks": form["vrm"]},
        "place": {"areas": ["Northgate", "Southgate"], **hours},
        "mark": {},
    }
    for kind, fields in kinds.items():
        address = reverse("search_kind", kwargs={"kind": kind})
        yield _answer(f"search {kind}", "POST", client.post(address, {**form, **fields}))
    run = run_of()
    for file_format in ("csv", "xlsx", "json"):
        form = {"recipient": "A Example, CPS", "reason": "Disclosure to the prosecutor of the case"}
        address = reverse("search_export", kwargs={"run_id": run})
        answer = client.post(address, form | {"format": file_format})
        yield _answer(f"export {file_format}", "POST", answer)


def _answer(name: str, method: str, answer: Any) -> Answer:
    with contextlib.closing(answer):
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if content.startswith((b"PK", b"%PDF")):
        return Answer(name, method, answer.status_code, content)
    headers = "".join(
        f"{key}: {value}\n"
        for key, value in sorted(answer.headers.items())
        if key != "Content-Length"
    )
    return Answer(name, method, answer.status_code, headers.encode() + content)


def _filled(url: DeclaredUrl, kwargs: Mapping[str, object]) -> dict[str, object]:
    kinds = {
        name: type(converter).__name__.removesuffix("Converter")
        for name, converter in url.converters.items()
    }
    return {name: kwargs.get(name, SAMPLES[kind]) for name, kind in kinds.items()}
