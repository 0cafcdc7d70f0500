"""Moving a case on: judged by the flow, stored for ever."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from openanpr.access.explain import SENTENCES
from openanpr.access.vocabulary import Reason, Role
from openanpr.audit.services import record_event
from openanpr.governance.flow import CASE, NOT_COMPLETE, CaseMoveFacts
from openanpr.governance.models import CameraCase, CaseStep
from openanpr.investigations.services.author import Author
from openanpr.workflow import Against, Refused, Step, move

WRITING: Final = frozenset({Role.CAMERA_MANAGER})
SIGNING: Final = frozenset({Role.DATA_PROTECTION_OFFICER})
DECIDING: Final = frozenset({Role.AUTHORISER})

_WORDS: Final[dict[str, str]] = {
    Against.REASON_REQUIRED: "Say why: the reason is kept with the case and in the audit.",
    Against.NOT_FROM_HERE: "The case has been moved on meanwhile. Look again.",
    Against.BEFORE_THE_LAST_STEP: "The case was moved a moment ago. Look again.",
}


class CaseRefusedError(Exception):
    """Something that was not done; ``reasons`` are sentences for the screen."""

    def __init__(self, *reasons: str) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = reasons


def take_step(
    case: CameraCase,
    name: str,
    *,
    author: Author,
    acting: frozenset[Role],
    facts: CaseMoveFacts,
    at: datetime,
) -> None:
    """Move the case in the transaction under way, which holds its row; keep and audit the step.

    Raises ``CaseRefusedError``.
    """
    before = case.state
    made = move(
        flow=CASE,
        history=_history(case),
        name=name,
        subject=_subject(case),
        person_id=author.actor.person_id,
        user_id=author.user.username,
        facts=facts,
        at=at,
        reason=facts.reason,
    )
    if isinstance(made, Refused):
        raise CaseRefusedError(*_sentences(made.reasons, facts))
    CaseStep.objects.create(
        case=case,
        sequence=made.sequence,
        move=made.move,
        source=made.source or "",
        target=made.target,
        reason=made.reason,
        **written_by(author, at),
    )
    case.state = made.target
    case.state_changed_at = at
    case.save(update_fields=["state", "state_changed_at", "consults_from", "consults_until"])
    record_event(
        verb="case.move",
        actor=author.acting(acting),
        at=at,
        subject=_subject(case),
        reason=made.reason,
        payload={"case": case.reference, "before": before, "after": made.target},
        **author.origin,
    )


def written_by(author: Author, at: datetime) -> dict[str, Any]:
    """The columns that say who wrote a row, and when."""
    return {
        "person_id": author.actor.person_id,
        "account": author.user.username,
        "name": author.user.full_name,
        "at": at,
    }


def _history(case: CameraCase) -> list[Step]:
    return [
        Step(
            flow=CASE.name,
            subject=_subject(case),
            sequence=row.sequence,
            move=row.move,
            source=row.source or None,
            target=row.target,
            person_id=row.person_id,
            user_id=row.account,
            at=row.at,
            reason=row.reason,
        )
        for row in case.steps.order_by("sequence")
    ]


def _subject(case: CameraCase) -> str:
    return f"camera-case:{case.id}"


def _sentences(reasons: Sequence[str], facts: CaseMoveFacts) -> list[str]:
    found: list[str] = []
    for reason in reasons:
        if reason == NOT_COMPLETE:
            found += [f"{point}." for point in facts.open_points]
        elif reason in _WORDS:
            found.append(_WORDS[reason])
        else:
            said = SENTENCES[Reason(reason)]
            found.append(f"{said[0].upper()}{said[1:]}.")
    return found
