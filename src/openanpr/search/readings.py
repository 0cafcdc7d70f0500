"""Second readings in words."""

import uuid
from collections.abc import Iterable, Mapping
from typing import Final

from openanpr.reads.corrections import Source, Verdict
from openanpr.search.store import SecondReading
from openanpr.vrm import display
from openanpr.web.dates import short_moment

_WHO: Final[Mapping[Source, str]] = {
    Source.COMPARISON: "A person who compared pictures",
    Source.CHECK: "An accuracy checker",
    Source.COMPLAINT: "The answer to a complaint",
    Source.RIGHTS: "The answer to an information request",
}


def by_read(second: Iterable[SecondReading]) -> dict[uuid.UUID, tuple[str, ...]]:
    """A sentence for each, by the id of the read."""
    said: dict[uuid.UUID, tuple[str, ...]] = {}
    for one in second:
        said[one.read_id] = (*said.get(one.read_id, ()), sentence(one))
    return said


def sentence(one: SecondReading) -> str:
    """What was said, by whom and when."""
    source, verdict = Source(one.source), Verdict(one.verdict)
    if source is Source.MODEL:
        sure = "" if one.confidence is None else f" ({one.confidence:.0%})"
        seen = "read nothing" if verdict is Verdict.UNREADABLE else f"read {display(one.says)}"
        return f"Model {one.model} {seen}{sure}, {short_moment(one.made_at)}."
    says = {
        Verdict.RIGHT: "confirmed the mark",
        Verdict.WRONG: f"read {display(one.says)}" if one.says else "rejected the mark",
        Verdict.UNREADABLE: "could not read the plate",
    }[verdict]
    return f"{_WHO[source]} {says}, {short_moment(one.made_at)}."
