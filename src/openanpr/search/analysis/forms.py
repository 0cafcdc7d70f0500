"""The forms of analysis, one a kind."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, ClassVar, Final

from django import forms
from django.core.exceptions import ValidationError

from openanpr.access.vocabulary import SearchKind
from openanpr.investigations.queries import investigation_of
from openanpr.investigations.subjects import vehicles_of
from openanpr.search.analysis.place_fields import chosen_place, corners_field, place_field
from openanpr.search.analysis.questions import ConvoyQuestion, LinkedQuestion, VehicleQuestion
from openanpr.search.analysis.scene_forms import RouteForm, ScenesForm
from openanpr.search.asked import Question
from openanpr.search.forms import MARK_ATTRIBUTES, QuestionForm
from openanpr.search.place import Place, SceneOf
from openanpr.vrm import InvalidVrm, normalise
from openanpr.web.clock import now


class OneMarkForm(QuestionForm):
    """What an analysis of one mark's reads asks for."""

    own_fields: ClassVar[tuple[str, ...]] = ("vrm", "look_alikes")
    usual_period = timedelta(days=14)

    vrm = forms.CharField(
        label="Mark", max_length=20, widget=forms.TextInput(attrs=MARK_ATTRIBUTES)
    )
    look_alikes = forms.BooleanField(
        label="Also marks that look the same on a plate (O and 0, I and 1)", required=False
    )

    def clean_vrm(self) -> str:
        try:
            return normalise(self.cleaned_data["vrm"])
        except InvalidVrm as error:
            raise ValidationError("Give a registration mark, such as AB12 CDE") from error

    def ask(self, **common: Any) -> Question:
        values = self.cleaned_data
        return VehicleQuestion(
            kind=self.kind, vrm=values["vrm"], look_alikes=values["look_alikes"], **common
        )


class ConvoyForm(OneMarkForm):
    """Who travels with this vehicle?"""

    kind = SearchKind.CONVOY
    heading = "Vehicles that travel with one"
    own_fields = ("vrm", "within", "at_least")

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

    def prepare(self) -> None:
        del self.fields["look_alikes"]

    def ask(self, **common: Any) -> Question:
        values = self.cleaned_data
        return ConvoyQuestion(
            vrm=values["vrm"],
            within=timedelta(seconds=values["within"]),
            at_least=values["at_least"],
            **common,
        )


class MovementsForm(OneMarkForm):
    """Where did it go, and when was it where for the first and last time?"""

    kind = SearchKind.MOVEMENTS
    heading = "Journeys and pauses of a vehicle"


class ClonesForm(OneMarkForm):
    """Can one vehicle have made every read?"""

    kind = SearchKind.CLONES
    heading = "Cloned plates and impossible journeys"
    usual_period = timedelta(days=28)


class OnwardForm(OneMarkForm):
    """Where is it read next?"""

    kind = SearchKind.ONWARD
    heading = "Likely next camera of a vehicle"
    usual_period = timedelta(days=80)


class LinkedForm(QuestionForm):
    """Which vehicles linked to the investigation's subjects were near the scene?"""

    kind = SearchKind.LINKED
    heading = "Subjects' vehicles near a scene"
    own_fields = ("place", "corners", "period_from", "period_to", "margin")

    margin = forms.TypedChoiceField(
        label="Look at reads so long before and after",
        help_text="Reads elsewhere, before and after, say whether a vehicle can have been there",
        choices=[(1, "1 hour"), (3, "3 hours"), (6, "6 hours"), (12, "12 hours")],
        coerce=int,
        initial=3,
    )

    def prepare(self) -> None:
        self.fields["place"] = place_field("Place", self.actor)
        if self.actor.location_right:
            self.fields["corners"] = corners_field("Or every camera within these corners")
        self.fields["period_from"].label = "It happened from"
        self.fields["period_to"].label = "It happened up to"
        self.fields["period_to"].required = True
        self.fields["period_to"].help_text = ""
        last = ("reason", "surveillance")
        self.order_fields(["investigation", *self.own_fields, *last])

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        chosen, drawn = values.get("place", ""), values.get("corners", "")
        if not (chosen or drawn):
            self.add_error("place", "Choose the place")
            return values
        try:
            values["where"] = chosen_place(chosen, drawn, self.actor)
        except ValidationError as problem:
            self.add_error("corners", problem)
        own = self._own(values.get("investigation"))
        values["vrms"] = own
        if own is not None and not own:
            self.add_error(
                "investigation",
                "It holds no vehicle of a subject that is in force: link one to a subject first",
            )
        return values

    def _own(self, investigation_id: Any) -> frozenset[str] | None:
        """The marks, for somebody in the team; ``None`` says nothing to anybody else."""
        if investigation_id is None:
            return None
        mine = investigation_of(person_id=self.actor.person_id, investigation_id=investigation_id)
        if mine is None:
            return None
        return frozenset(vehicles_of(mine, at=now()).values_list("vrm", flat=True))

    def question(self, *, at: datetime) -> Question:
        values = self.cleaned_data
        margin = timedelta(hours=values["margin"])
        place: Place = values["where"]
        start, end = values["period_from"], values["period_to"]
        return LinkedQuestion(
            vrms=values["vrms"] or frozenset(),
            scene=SceneOf(place=place, start=start, end=end),
            start=start - margin,
            end=max(end, min(end + margin, at)),
            reason=values["reason"],
        )


ANALYSES: Final[Mapping[str, type[QuestionForm]]] = {
    form.kind.value: form
    for form in (
        *(LinkedForm, ScenesForm, ConvoyForm, MovementsForm, ClonesForm, OnwardForm),
        RouteForm,
    )
}
"""The forms by the kind of their questions."""
