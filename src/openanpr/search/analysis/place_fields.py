"""Choosing a place in a form of analysis: an area, a camera, or the corners of an area."""

from typing import Final

from django import forms
from django.core.exceptions import ValidationError

from openanpr.access.facts import Actor
from openanpr.cameras.queries import camera_ids_in_areas, cameras_known_to, name_of
from openanpr.search.areas import AreaError, cameras_within, corners
from openanpr.search.place import Place

_AREA: Final = "area:"
_CAMERA: Final = "camera:"


def place_field(label: str, actor: Actor) -> forms.ChoiceField:
    """Every area, and with the right to locations every camera."""
    known = list(cameras_known_to(covert=actor.covert_right))
    choices = [(f"{_AREA}{name}", f"{name}: every camera") for name in {c.area_name for c in known}]
    if actor.location_right:
        choices += [
            (f"{_CAMERA}{one.id}", f"{one.area_name}: {name_of(one, with_location=True)}")
            for one in known
        ]
    choices.sort(key=lambda choice: choice[1])
    hint = "an area or a camera" if actor.location_right else "an area"
    return forms.ChoiceField(
        label=label, choices=[("", f"Choose {hint}"), *choices], required=False
    )


def corners_field(label: str) -> forms.CharField:
    """The corners of an area, for those with the right to locations."""
    return forms.CharField(
        label=label,
        help_text="Three or more points, one a line: latitude, longitude, such as 51.75, 0.48",
        required=False,
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false"}),
    )


def chosen_place(chosen: str, drawn: str, actor: Actor) -> Place:
    """The place of both fields together. Raises ``ValidationError`` where no camera is in it."""
    if not actor.location_right:
        return Place(areas=frozenset({chosen.removeprefix(_AREA)}))
    ids: frozenset[int] = frozenset()
    if chosen.startswith(_AREA):
        ids = camera_ids_in_areas([chosen.removeprefix(_AREA)])
    elif chosen:
        ids = frozenset({int(chosen.removeprefix(_CAMERA))})
    if drawn:
        try:
            ids |= cameras_within(corners(drawn), covert=actor.covert_right)
        except AreaError as problem:
            raise ValidationError(str(problem)) from problem
    if not ids:
        raise ValidationError("No camera that you may search stands there")
    return Place(camera_ids=ids)
