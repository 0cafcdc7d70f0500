"""Comparing the pictures of reads side by side, and saying what they show."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from openanpr.access.decide import decide_image
from openanpr.access.explain import explain
from openanpr.audit.services import record_event
from openanpr.cameras.queries import cameras_by_id
from openanpr.investigations.models import Investigation
from openanpr.investigations.queries import facts_of, grants_of
from openanpr.investigations.services.author import Author
from openanpr.investigations.vocabulary import INVESTIGATING
from openanpr.policy.queries import profile_in_force
from openanpr.reads.corrections import Finding, ReadKey, Source, Verdict, correct_read, verdict_on
from openanpr.search.picked import Pick, PickedQuestion
from openanpr.search.queries import runs_of
from openanpr.search.selection import PickedRead
from openanpr.search.services.run import SearchResult, run_search

MOST_COMPARED = 40
"""More pictures than that nobody compares side by side."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What the person says of one read: ``says`` is the mark they see, where they reject."""

    read: PickedRead
    verdict: Verdict
    says: str = ""


@dataclass(frozen=True, slots=True)
class SayingRefused:
    """The policy does not open the picture of a read to this person now; nothing was written."""

    sentences: tuple[str, ...]


def compare(
    *, author: Author, investigation: Investigation, reads: Sequence[PickedRead], at: datetime
) -> SearchResult:
    """The picked reads with their pictures: a search of its own, decided and recorded.

    Raises as ``run_search`` does.
    """
    return run_search(
        author=author,
        question=picked_again(author, investigation, reads, why="Comparing pictures"),
        investigation=investigation,
        at=at,
    )


def picked_again(
    author: Author, investigation: Investigation, reads: Sequence[PickedRead], *, why: str
) -> PickedQuestion:
    """The question for these reads; its reason goes on from that of the search that showed them."""
    earlier = runs_of(person_id=author.actor.person_id).filter(investigation=investigation).first()
    reason = why if earlier is None else f"{why}: {earlier.reason.removeprefix(f'{why}: ')}"
    picks = [Pick(id=one.id, captured_at=one.captured_at) for one in reads]
    return PickedQuestion.of(picks, vrms=[one.vrm for one in reads], reason=reason)


def say(
    *, author: Author, investigation: Investigation, said: Sequence[Said], at: datetime
) -> SayingRefused | int:
    """Keep what the person says of the reads beside the first readings; how many.

    Raises ``ReadGoneError`` where one is not in the store any more.
    """
    refused = _refused(author, investigation, said, at)
    if refused is not None:
        return refused
    for one in said:
        read = one.read
        key = ReadKey(
            id=read.id, vrm=read.vrm, captured_at=read.captured_at, camera_id=read.camera_id
        )
        verdict = one.verdict
        if verdict is Verdict.WRONG and one.says:
            verdict = verdict_on(read.vrm, one.says)
        correct_read(
            read=key,
            finding=Finding(
                verdict=verdict,
                says=one.says if verdict is Verdict.WRONG else "",
                source=Source.COMPARISON,
                reference=f"investigation:{investigation.id}",
                investigation=investigation.reference,
                reason="Pictures compared side by side",
            ),
            actor=author.acting(INVESTIGATING),
            at=at,
            origin=author.origin,
        )
    return len(said)


def _refused(
    author: Author, investigation: Investigation, said: Sequence[Said], at: datetime
) -> SayingRefused | None:
    profile = profile_in_force(at=at)
    facts, grants = facts_of(investigation), grants_of(investigation)
    cameras = cameras_by_id({one.read.camera_id for one in said})
    for one in said:
        camera = cameras.get(one.read.camera_id)
        decision = decide_image(
            actor=author.actor,
            captured_at=one.read.captured_at,
            investigation=facts,
            grants=grants,
            profile=profile,
            at=at,
            vrm=one.read.vrm,
            camera_area=camera.area_name if camera else None,
            held=facts.has_holds,
        )
        if not decision.allowed:
            record_event(
                verb="read.correct.refuse",
                actor=author.acting(INVESTIGATING),
                at=at,
                subject=f"investigation:{investigation.id}",
                investigation=investigation.reference,
                decision="deny",
                reasons=list(decision.reasons),
                profile_version=decision.profile,
                payload={"read_id": str(one.read.id)},
                **author.origin,
            )
            return SayingRefused(explain(decision, profile=profile))
    return None
