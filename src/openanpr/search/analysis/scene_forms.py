"""The forms of analysis that name several places."""

from datetime import datetime, timedelta
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError

from openanpr.access.vocabulary import SearchKind
from openanpr.search.analysis.place_fields import chosen_place, corners_field, place_field
from openanpr.search.analysis.questions import CommonQuestion, RouteQuestion
from openanpr.search.asked import Question
from openanpr.search.forms import QuestionForm
from openanpr.search.place import Place, SceneOf
from openanpr.web.fields import MomentField

MOST_SCENES: Final = 4
NEEDED: Final = 2
_SCENE: Final = ("place", "corners", "from", "to")


class ScenesForm(QuestionForm):
    """Which marks were at two or more scenes?"""

    kind = SearchKind.COMMON
    heading = "Vehicles common to two or more scenes"
    own_fields = ()

    at_least = forms.TypedChoiceField(
        label="Read at how many of them at least",
        choices=[(number, str(number)) for number in range(NEEDED, MOST_SCENES + 1)],
        coerce=int,
        initial=NEEDED,
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
        numbers = range(1, MOST_SCENES + 1)
        for number in numbers:
            scene, needed = f"Scene {number}", number <= NEEDED
            self.fields |= {
                f"place{number}": place_field(f"{scene}: place", self.actor),
                f"corners{number}": corners_field(f"{scene}: or every camera within these corners"),
                f"from{number}": MomentField(label=f"{scene}: from", required=needed),
                f"to{number}": MomentField(
                    label=f"{scene}: to", required=needed, second_passing=True
                ),
            }
            if not self.actor.location_right:
                del self.fields[f"corners{number}"]
        own = [f"{name}{number}" for number in numbers for name in _SCENE]
        self.order_fields(["investigation", *own, "at_least", "days", "reason"])

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
        if number > NEEDED and not any((start, end, chosen, drawn)):
            return None
        if not (chosen or drawn):
            self.add_error(f"place{number}", f"Choose the place of scene {number}")
            return None
        if not (start and end):
            if number > NEEDED:
                self.add_error(f"from{number}", f"Give when scene {number} began and ended")
            return None
        if not start < end:
            self.add_error(f"to{number}", "The scene must end after it begins")
            return None
        try:
            place = chosen_place(chosen, drawn, self.actor)
        except ValidationError as problem:
            self.add_error(f"corners{number}", problem)
            return None
        return SceneOf(place=place, start=start, end=end)

    def question(self, *, at: datetime) -> Question:
        values = self.cleaned_data
        return CommonQuestion(
            scenes=values["scenes"],
            at_least=values["at_least"],
            days=values["days"],
            reason=values["reason"],
        )


class RouteForm(QuestionForm):
    """Which marks drove along this route?"""

    kind = SearchKind.ROUTE
    heading = "Vehicles along a route"
    own_fields = ()
    usual_period = timedelta(hours=6)

    minutes = forms.IntegerField(
        label="At most how many minutes from each place to the next",
        min_value=1,
        max_value=720,
        initial=60,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-3"}),
    )

    def prepare(self) -> None:
        del self.fields["surveillance"]
        names = [f"place{number}" for number in range(1, MOST_SCENES + 1)]
        for number, name in enumerate(names, 1):
            self.fields[name] = place_field(f"Place {number} of the route", self.actor)
        own = [*names, "minutes", "period_from", "period_to", "reason"]
        self.order_fields(["investigation", *own])

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        chosen = [values.get(f"place{number}", "") for number in range(1, MOST_SCENES + 1)]
        given = [one for one in chosen if one]
        if len(given) < NEEDED:
            self.add_error("place2", "Choose two places or more, in the order in which they lie")
        places: list[Place] = [chosen_place(one, "", self.actor) for one in given]
        values["places"] = tuple(places)
        return values

    def ask(self, **common: Any) -> Question:
        values = self.cleaned_data
        return RouteQuestion(
            places=values["places"], within=timedelta(minutes=values["minutes"]), **common
        )
