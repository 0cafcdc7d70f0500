"""From a call to the question it asks."""

from typing import Any, TypeVar

from openanpr.api.schemas import SearchIn
from openanpr.cameras.queries import cameras_known_to
from openanpr.investigations.services.author import Author
from openanpr.investigations.wording import says_something
from openanpr.search.question import (
    MarkQuestion,
    MarksQuestion,
    PartQuestion,
    Place,
    PlaceQuestion,
    Question,
)
from openanpr.vrm import VrmPattern, normalise

T = TypeVar("T")


class NotAQuestionError(ValueError):
    """The call asks nothing that can be asked; the message says what to give."""


def question_from(asked: SearchIn, *, author: Author) -> Question:
    """The question of a call. Raises ``NotAQuestionError``, ``InvalidVrm``, ``ValidationError``."""
    says_something(asked.reason)
    if asked.captured_from >= asked.captured_to:
        raise NotAQuestionError("captured_from must be before captured_to")
    common: dict[str, Any] = {
        "start": asked.captured_from,
        "end": asked.captured_to,
        "reason": asked.reason,
    }
    match asked.kind:
        case "mark":
            return MarkQuestion(
                vrm=normalise(_given(asked.mark, "mark")),
                look_alikes=asked.look_alikes,
                misreads=asked.misreads,
                **common,
            )
        case "marks":
            vrms = frozenset(normalise(one) for one in _given(asked.marks, "marks"))
            return MarksQuestion(vrms=vrms, look_alikes=asked.look_alikes, **common)
        case "part":
            pattern = VrmPattern.parse(_given(asked.pattern, "pattern"))
            if pattern.is_exact:
                raise NotAQuestionError("a pattern holds ? or * for what is not known")
            return PartQuestion(pattern=pattern.text, **common)
        case "place":
            return PlaceQuestion(place=_place(asked, author), **common)


def _given(value: T | None, name: str) -> T:
    if not value:
        raise NotAQuestionError(f"a search of this kind needs {name}")
    return value


def _place(asked: SearchIn, author: Author) -> Place:
    if bool(asked.cameras) is bool(asked.areas):
        raise NotAQuestionError("a search of a place needs cameras or areas, not both")
    if asked.cameras and not author.actor.location_right:
        raise NotAQuestionError("who may not know where cameras stand names areas")
    known = cameras_known_to(covert=author.actor.covert_right)
    if asked.cameras:
        wanted = set(asked.cameras)
        found = set(known.filter(id__in=wanted).values_list("id", flat=True))
        if found != wanted:
            raise NotAQuestionError("a camera of that number is not known to you")
        return Place(camera_ids=frozenset(found))
    areas = set(asked.areas or ())
    there = set(known.filter(area_name__in=areas).values_list("area_name", flat=True))
    if there != areas:
        raise NotAQuestionError("an area of that name is not known to you")
    return Place(areas=frozenset(there))
