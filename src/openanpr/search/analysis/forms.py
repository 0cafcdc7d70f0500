"""The forms of analysis, one a kind."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError

from openanpr.access.vocabulary import SearchKind
from openanpr.cameras.queries import camera_ids_in_areas, cameras_known_to, name_of
from openanpr.search.analysis.questions import CommonQuestion, ConvoyQuestion
from openanpr.search.areas import AreaError, cameras_within, corners
from openanpr.search.asked import Question
from openanpr.search.forms import MARK_ATTRIBUTES, QuestionForm
from openanpr.search.place import Place, SceneOf
from openanpr.vrm import InvalidVrm, normalise
from openanpr.web.fields import MomentField

MOST_SCENES: Final = 4
_AREA, _CAMERA = "area:", "camera:"


class ScenesForm(QuestionForm):
    """Which marks were at two or more scenes?"""

    kind = SearchKind.COMMON
    heading = "Vehicles common to two or more scenes"
    own_fields = ()

    at_least = forms.TypedChoiceField(
        label="Read at how many of them at least",
        choices=[(number, str(number)) for number in range(2, MOST_SCENES + 1)],
        coerce=int,
        initial=2,
    )
    days = forms.TypedChoiceField(
        label="Compare with normal traffic",
        help_text="The same hours at the same cameras on days before. Without it nobody can say "
        "whether a mark at both stands out. The days count towards the hours that one search "
        "may reach over.",
        choices=[
            (14, "14 days before"),
            (28, "28 days before"),
            (7, "7 days before"),
            (0, "Do not compare"),
        ],
        coerce=int,
        initial=14,
    )

    def prepare(self) -> None:
        for name in ("period_from", "period_to", "surveillance"):
            del self.fields[name]
        places = self._places()
        for number in range(1, MOST_SCENES + 1):
            needed = number <= 2
            self.fields |= {
                f"place{number}": forms.ChoiceField(
                    label=f"Scene {number}: place",
                    choices=[("", "Choose an area or a camera"), *places],
                    required=False,
                ),
                f"corners{number}": forms.CharField(
                    label=f"Scene {number}: or every camera within these corners",
                    help_text="Three or more points, one a line: latitude, longitude",
                    required=False,
                    max_length=5_000,
                    widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false"}),
                ),
                f"from{number}": MomentField(label=f"Scene {number}: from", required=needed),
                f"to{number}": MomentField(
                    label=f"Scene {number}: to", required=needed, second_passing=True
                ),
            }
            if not self.actor.location_right:
                del self.fields[f"corners{number}"]
        own = [f"{name}{n}" for n in range(1, MOST_SCENES + 1) for name in _SCENE]
        self.order_fields(["investigation", *own, "at_least", "days", "reason"])

    def _places(self) -> list[tuple[str, str]]:
        known = list(cameras_known_to(covert=self.actor.covert_right))
        areas = sorted({one.area_name for one in known})
        found = [(f"{_AREA}{name}", f"{name}: every camera") for name in areas]
        if not self.actor.location_right:
            return found
        named = [
            (f"{_CAMERA}{one.id}", f"{one.area_name}: {name_of(one, with_location=True)}")
            for one in known
        ]
        return sorted(found + named, key=lambda choice: choice[1])

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        scenes = [
            scene
            for number in range(1, MOST_SCENES + 1)
            if (scene := self._scene(number, values)) is not None
        ]
        if not self.errors and len(scenes) < values["at_least"]:
            self.add_error("at_least", "Give at least so many scenes")
        values["scenes"] = tuple(scenes)
        return values

    def _scene(self, number: int, values: dict[str, Any]) -> SceneOf | None:
        start, end = values.get(f"from{number}"), values.get(f"to{number}")
        chosen, drawn = values.get(f"place{number}", ""), values.get(f"corners{number}", "")
        if number > 2 and not any((start, end, chosen, drawn)):
            return None
        if not (chosen or drawn):
            self.add_error(f"place{number}", f"Choose the place of scene {number}")
            return None
        if not (start and end):
            if number > 2:
                self.add_error(f"from{number}", f"Give when scene {number} began and ended")
            return None
        if not start < end:
            self.add_error(f"to{number}", "The scene must end after it begins")
            return None
        place = self._place(number, chosen, drawn)
        return None if place is None else SceneOf(place=place, start=start, end=end)

    def _place(self, number: int, chosen: str, drawn: str) -> Place | None:
        if not self.actor.location_right:
            return Place(areas=frozenset({chosen.removeprefix(_AREA)}))
        ids: frozenset[int] = frozenset()
        if chosen.startswith(_AREA):
            ids = camera_ids_in_areas([chosen.removeprefix(_AREA)])
        elif chosen:
            ids = frozenset({int(chosen.removeprefix(_CAMERA))})
        if drawn:
            try:
                ids |= cameras_within(corners(drawn), covert=self.actor.covert_right)
            except AreaError as problem:
                self.add_error(f"corners{number}", str(problem))
                return None
        if not ids:
            self.add_error(f"corners{number}", "No camera that you may search stands there")
            return None
        return Place(camera_ids=ids)

    def question(self, *, at: Any) -> Question:
        values = self.cleaned_data
        return CommonQuestion(
            scenes=values["scenes"],
            at_least=values["at_least"],
            days=values["days"],
            reason=values["reason"],
        )


class ConvoyForm(QuestionForm):
    """Who travels with this vehicle?"""

    kind = SearchKind.CONVOY
    heading = "Vehicles that travel with one"
    own_fields = ("vrm", "within", "at_least")
    usual_period = timedelta(days=14)

    vrm = forms.CharField(
        label="Mark", max_length=20, widget=forms.TextInput(attrs=MARK_ATTRIBUTES)
    )
    within = forms.TypedChoiceField(
        label="How near in time, at the same camera",
        choices=[(30, "30 seconds"), (60, "1 minute"), (120, "2 minutes"), (300, "5 minutes")],
        coerce=int,
        initial=60,
    )
    at_least = forms.IntegerField(
        label="At how many of its passes at least",
        min_value=2,
        max_value=100,
        initial=3,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-3"}),
    )

    def clean_vrm(self) -> str:
        try:
            return normalise(self.cleaned_data["vrm"])
        except InvalidVrm as error:
            raise ValidationError("Give a registration mark, such as AB12 CDE") from error

    def ask(self, **common: Any) -> Question:
        values = self.cleaned_data
        return ConvoyQuestion(
            vrm=values["vrm"],
            within=timedelta(seconds=values["within"]),
            at_least=values["at_least"],
            **common,
        )


_SCENE: Final = ("place", "corners", "from", "to")
ANALYSES: Final[Mapping[str, type[QuestionForm]]] = {
    form.kind.value: form for form in (ScenesForm, ConvoyForm)
}
"""The forms by the kind of their questions."""
