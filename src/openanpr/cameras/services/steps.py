"""Taking a step: the move is judged by the flow, stored for ever, and the camera follows it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from openanpr.access.explain import SENTENCES
from openanpr.access.facts import Actor
from openanpr.access.vocabulary import Reason
from openanpr.audit.services import AuditActor
from openanpr.cameras.authority import ENDING_WORDS, Ending
from openanpr.cameras.flow import BY_DECISION_ONLY, CAMERA, NO_AUTHORITY, MoveFacts
from openanpr.cameras.models import Camera, CameraStep
from openanpr.cameras.queries import standing_of
from openanpr.policy.queries import profile_in_force
from openanpr.workflow import Against, Refused, Step, move

_WORDS: Final[dict[str, str]] = {
    Against.REASON_REQUIRED: "Say why: the reason is kept with the camera and in the audit.",
    Against.NOT_FROM_HERE: "A camera in this state cannot be moved to that one.",
    Against.BEFORE_THE_LAST_STEP: "The camera was moved a moment ago. Look again.",
    BY_DECISION_ONLY: "A camera is approved by a decision on its case, not in the register.",
}


class CameraRefusedError(Exception):
    """A step that was not taken; ``reason`` is a sentence for the screen."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def take_step(
    camera: Camera,
    name: str,
    *,
    actor: AuditActor,
    reason: str,
    at: datetime,
    person: Actor | None = None,
) -> None:
    """Move the camera in the transaction under way, which holds its row, and keep the step.

    ``person`` is who asks, for the policy; ``None`` for the program itself. Raises
    ``CameraRefusedError``.
    """
    standing = standing_of(camera.id, at=at)
    facts = MoveFacts(
        reason=reason,
        authorised=standing.collects,
        actor=person,
        profile=None if person is None else profile_in_force(at=at),
    )
    made = move(
        flow=CAMERA,
        history=history_of(camera),
        name=name,
        subject=_subject(camera),
        person_id=actor.person_id or actor.account,
        user_id=actor.account,
        facts=facts,
        at=at,
        reason=reason,
    )
    if isinstance(made, Refused):
        raise CameraRefusedError(_sentence(made.reasons, standing.ending))
    CameraStep.objects.create(
        camera=camera,
        sequence=made.sequence,
        move=made.move,
        source=made.source or "",
        target=made.target,
        person_id=made.person_id,
        account=made.user_id,
        name=actor.name or actor.account,
        at=made.at,
        reason=made.reason,
    )
    camera.state = made.target
    camera.state_reason = made.reason
    camera.state_changed_at = made.at
    camera.save(update_fields=["state", "state_reason", "state_changed_at"])


def history_of(camera: Camera) -> list[Step]:
    """The steps of a camera as the flow takes them, oldest first."""
    return [
        Step(
            flow=CAMERA.name,
            subject=_subject(camera),
            sequence=row.sequence,
            move=row.move,
            source=row.source or None,
            target=row.target,
            person_id=row.person_id,
            user_id=row.account,
            at=row.at,
            reason=row.reason,
        )
        for row in camera.steps.order_by("sequence")
    ]


def _subject(camera: Camera) -> str:
    return f"camera:{camera.id}"


def _sentence(reasons: Sequence[str], ending: Ending | None) -> str:
    return " ".join(_words(one, ending) for one in reasons)


def _words(reason: str, ending: Ending | None) -> str:
    if reason == NO_AUTHORITY:
        why = ENDING_WORDS[ending or Ending.NEVER_GIVEN]
        return f"It may not collect: {why}. Have that decided first."
    if reason in _WORDS:
        return _WORDS[reason]
    said = SENTENCES[Reason(reason)] if reason in set(Reason) else "this move cannot be made"
    return f"{said[0].upper()}{said[1:]}."
