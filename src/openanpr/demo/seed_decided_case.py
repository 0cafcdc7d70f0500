"""Seeding of the decided case that the cameras in service rest on."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from openanpr.accounts.models import User
from openanpr.accounts.queries import actor_of
from openanpr.cameras.models import Camera
from openanpr.demo import decided_case as cases
from openanpr.governance.models import CameraCase
from openanpr.governance.services import consulting, deciding, writing
from openanpr.investigations.services.author import Author

_REVIEWED: Final = timedelta(days=300)
_MOMENT: Final = timedelta(seconds=5)


def ensure_cases(people: Mapping[str, User], *, before: datetime, at: datetime) -> None:
    """Make the case of the cameras in service where it is missing, by those whose work it is."""
    if CameraCase.objects.filter(title=cases.TITLE).exists():
        return
    live = frozenset(Camera.objects.filter(state="live").values_list("id", flat=True))
    _decided(people, live, before=before, at=at)


def _decided(
    people: Mapping[str, User], live: frozenset[int], *, before: datetime, at: datetime
) -> None:
    author = _author(people, "cameras", at)
    parts = {name: said for name, said in cases.PARTS.items() if name != "outcome"}
    case = _written(people, cases.TITLE, parts, live, at=before)
    consulting.open_consultation(
        author=author,
        case_id=case.id,
        until=before + _MOMENT,
        reason="On the public pages of the demonstration",
        at=before,
    )
    writing.save_part(
        author=author,
        case_id=case.id,
        part="outcome",
        answers=cases.PARTS["outcome"],
        complete=True,
        at=before + _MOMENT,
    )
    writing.submit_case(
        author=author, case_id=case.id, reason="Everything is in it", at=before + 2 * _MOMENT
    )
    deciding.decide_case(
        author=_author(people, "authoriser", at),
        case_id=case.id,
        answer=deciding.Answer(
            move="approve",
            reason="The need outweighs what it costs people, with the measures that are named",
            conditions="The view stays off homes and footways",
            review_at=at + _REVIEWED,
        ),
        at=before + 3 * _MOMENT,
    )


def _written(
    people: Mapping[str, User],
    title: str,
    parts: cases.Parts,
    camera_ids: frozenset[int],
    *,
    at: datetime,
) -> CameraCase:
    author = _author(people, "cameras", at)
    case = writing.open_case(author=author, title=title, reason=cases.WHY, at=at)
    for part, answers in parts.items():
        writing.save_part(
            author=author, case_id=case.id, part=part, answers=answers, complete=True, at=at
        )
    writing.name_cameras(author=author, case_id=case.id, camera_ids=camera_ids, at=at)
    writing.attach_file(
        author=author,
        case_id=case.id,
        title="Vehicles taken in the town last year",
        name="figures.csv",
        kind="txt",
        content=cases.FIGURES.encode(),
        at=at,
    )
    deciding.sign_off(
        author=_author(people, "dpo", at),
        case_id=case.id,
        agrees=True,
        advice="Enough is done about the risks that are named; look again at the review",
        at=at,
    )
    return case


def _author(people: Mapping[str, User], username: str, at: datetime) -> Author:
    user = people[username]
    return Author(user=user, actor=actor_of(user, at=at))
