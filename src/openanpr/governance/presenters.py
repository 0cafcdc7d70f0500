"""A case as its pages show it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms

from openanpr.governance.forms.parts import PART_FORMS
from openanpr.governance.matrix import matrix
from openanpr.governance.models import CameraCase, CasePart
from openanpr.governance.standing import PARTS, CaseStanding
from openanpr.governance.vocabulary import (
    GROUND_NAMES,
    STATE_COLOURS,
    STATE_NAMES,
    USUAL_NAMES,
    CaseState,
    Ground,
    RoadKind,
)
from openanpr.web.fields import MomentField


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseLine:
    """One case in the list."""

    id: object
    reference: str
    title: str
    state_name: str
    colour: str
    since: datetime
    cameras: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One part of a case in its task list."""

    part: str
    title: str
    state: str
    colour: str
    needed: bool


@dataclass(frozen=True, slots=True)
class Said:
    """One question of a part with its answer, in words."""

    question: str
    answer: str


def case_line(case: CameraCase) -> CaseLine:
    """One case."""
    state = CaseState(case.state)
    return CaseLine(
        id=case.id,
        reference=case.reference,
        title=case.title,
        state_name=STATE_NAMES[state],
        colour=STATE_COLOURS[state],
        since=case.state_changed_at,
        cameras=case.cameras.count(),
    )


def tasks(standing: CaseStanding) -> list[Task]:
    """The parts of a case in the order in which they are best written."""
    needless = set()
    if not standing.needs_assessment:
        needless.add("assessment")
    if standing.asks is False:
        needless |= {"public", "outcome"}
    return [_task(name, title, standing, needless) for name, title in PARTS.items()]


def _task(name: str, title: str, standing: CaseStanding, needless: set[str]) -> Task:
    if standing.complete.get(name):
        state, colour = "Completed", ""
    elif name in standing.complete:
        state, colour = "In progress", "blue"
    elif name in needless:
        state, colour = "Not needed", "grey"
    else:
        state, colour = "Not yet started", "grey"
    return Task(part=name, title=title, state=state, colour=colour, needed=name not in needless)


def said(part: str, row: CasePart | None) -> list[Said]:
    """What a part says, question by question; what was left empty is left out."""
    if row is None:
        return []
    form = PART_FORMS[part](initial=row.answers)
    found = []
    for name, field in form.fields.items():
        answer = _answer(field, row.answers.get(name))
        if answer:
            found.append(Said(str(field.label), answer))
    return found


def _answer(field: forms.Field, value: Any) -> str:
    if isinstance(field, MomentField):
        parts = value or []
        return " ".join(str(one) for one in parts) if any(parts) else ""
    if isinstance(field, forms.ChoiceField):
        choices: Any = field.choices
        names = {str(key): str(name) for key, name in choices}
        given = value if isinstance(value, list) else [value]
        return "; ".join(names[str(one)] for one in given if str(one) in names)
    return str(value or "").strip()


def grounds_of(parts: Mapping[str, CasePart]) -> list[tuple[str, str]]:
    """Each ground that is claimed, and how usual a camera is on it at such a place."""
    if "need" not in parts:
        return []
    road = parts["place"].answers.get("road") if "place" in parts else None
    found = []
    for ground in (Ground(one) for one in parts["need"].answers.get("grounds") or []):
        usual = USUAL_NAMES[matrix()[RoadKind(road)][ground]] if road in set(RoadKind) else ""
        found.append((GROUND_NAMES[ground], usual or "say first what kind of place it is"))
    return found
