"""The search forms, one a kind. Marks travel in the body of a form, never in an address."""

import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, ClassVar, Final

from django import forms
from django.core.exceptions import ValidationError

from openanpr.access.facts import Actor
from openanpr.access.vocabulary import SearchKind
from openanpr.cameras.queries import camera_ids_in_areas, cameras_known_to, name_of
from openanpr.investigations.models import Investigation
from openanpr.investigations.wording import says_something
from openanpr.search.areas import AreaError, cameras_within, corners
from openanpr.search.mark_lists import MOST_BYTES, MarkListError, marks_in
from openanpr.search.question import (
    MarkQuestion,
    MarksQuestion,
    PartQuestion,
    Place,
    PlaceQuestion,
    Question,
)
from openanpr.vrm import InvalidVrm, VrmPattern, normalise
from openanpr.web.fields import MomentField

USUAL_PERIOD: Final = timedelta(days=7)
MARK_ATTRIBUTES: Final = {
    "autocomplete": "off",
    "autocapitalize": "characters",
    "spellcheck": "false",
    "class": "govuk-input--width-10",
}


class AnyInvestigationField(forms.ChoiceField):
    """Offers one's own investigations, and takes any id: a wrong one is refused and audited."""

    def valid_value(self, value: Any) -> bool:
        return True

    def clean(self, value: Any) -> Any:
        try:
            return uuid.UUID(str(super().clean(value)))
        except ValueError as error:
            raise ValidationError("Choose an investigation", code="invalid") from error


class QuestionForm(forms.Form):
    """What every search asks for, whatever its kind."""

    kind: ClassVar[SearchKind]
    heading: ClassVar[str]
    usual_period: ClassVar[timedelta] = USUAL_PERIOD
    own_fields: ClassVar[tuple[str, ...]]

    investigation = AnyInvestigationField(
        label="Investigation", help_text="A search belongs to one of your open investigations"
    )
    period_from = MomentField(label="Captured from")
    period_to = MomentField(
        label="Captured to",
        help_text="Leave empty for up to now",
        required=False,
        second_passing=True,
    )
    reason = forms.CharField(
        label="Reason",
        help_text="Why this is searched for. The auditor reads it.",
        max_length=1000,
        validators=[says_something],
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    surveillance = forms.CharField(
        label="Surveillance authority",
        help_text="Only where one mark is followed by search after search: the reference of the "
        "authority, or why none is needed. You are told when it is missing.",
        max_length=500,
        required=False,
    )

    def __init__(
        self, *args: Any, investigations: list[Investigation], actor: Actor, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.actor = actor
        field = self.fields["investigation"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [
                (str(one.id), f"{one.reference}: {one.title}") for one in investigations
            ]
        last = ("period_from", "period_to", "reason", "surveillance")
        self.order_fields(["investigation", *self.own_fields, *last])
        self.prepare()

    def prepare(self) -> None:
        """Fit the fields to the person."""

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        start, end = values.get("period_from"), values.get("period_to")
        if start and end and not start < end:
            self.add_error("period_to", "The period must end after it begins")
        return values

    def question(self, *, at: datetime) -> Question:
        """The valid form as a question asked at ``at``."""
        values = self.cleaned_data
        return self.ask(
            start=values["period_from"], end=values["period_to"] or at, reason=values["reason"]
        )

    def ask(self, **common: Any) -> Question:
        """The question of this kind."""
        raise TypeError("a form of no kind asks nothing")


class MarkForm(QuestionForm):
    """Where was this mark read?"""

    kind = SearchKind.MARK
    heading = "Search for a mark"
    own_fields = ("vrm", "look_alikes", "misreads")

    vrm = forms.CharField(
        label="Mark", max_length=20, widget=forms.TextInput(attrs=MARK_ATTRIBUTES)
    )
    look_alikes = forms.BooleanField(
        label="Also marks that look the same on a plate (O and 0, I and 1)", required=False
    )
    misreads = forms.BooleanField(
        label="Also reads that may be misreads of it: one character off, or taken by the reader "
        "as another possibility",
        required=False,
    )

    def clean_vrm(self) -> str:
        try:
            return normalise(self.cleaned_data["vrm"])
        except InvalidVrm as error:
            raise ValidationError("Give a registration mark, such as AB12 CDE") from error

    def ask(self, **common: Any) -> Question:
        values = self.cleaned_data
        return MarkQuestion(
            vrm=values["vrm"],
            look_alikes=values["look_alikes"],
            misreads=values["misreads"],
            **common,
        )


class PartForm(QuestionForm):
    """Where was a mark read that fits this part of one?"""

    kind = SearchKind.PART
    heading = "Search for part of a mark"
    own_fields = ("pattern",)

    pattern = forms.CharField(
        label="Part of a mark",
        help_text="? stands for one character, * for any number of them: AB?2*",
        max_length=30,
        widget=forms.TextInput(attrs=MARK_ATTRIBUTES),
    )

    def clean_pattern(self) -> str:
        try:
            pattern = VrmPattern.parse(self.cleaned_data["pattern"])
        except InvalidVrm as error:
            raise ValidationError("Give letters, digits, ? and * alone, such as AB?2*") from error
        if pattern.is_exact:
            raise ValidationError("This is a whole mark: put ? or * for what you do not know")
        return pattern.text

    def ask(self, **common: Any) -> Question:
        return PartQuestion(pattern=self.cleaned_data["pattern"], **common)


class MarksForm(QuestionForm):
    """Where were any of these marks read?"""

    kind = SearchKind.MARKS
    heading = "Search for several marks"
    own_fields = ("marks", "file", "look_alikes")

    marks = forms.CharField(
        label="Marks",
        help_text="One a line",
        max_length=20_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5, "autocomplete": "off", "spellcheck": "false"}),
    )
    file = forms.FileField(
        label="Or a file of marks",
        help_text="Text or CSV, one mark a line, in its first column",
        required=False,
    )
    look_alikes = forms.BooleanField(
        label="Also marks that look the same on a plate (O and 0, I and 1)", required=False
    )

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        found: set[str] = set()
        file = values.get("file")
        try:
            found |= marks_in(values.get("marks", ""))
        except MarkListError as problem:
            self.add_error("marks", str(problem))
        if file is not None and file.size > MOST_BYTES:
            self.add_error("file", f"The file is larger than {MOST_BYTES // 1000} KB; split it")
        elif file is not None:
            try:
                found |= marks_in(file.read().decode("utf-8-sig", "replace"))
            except MarkListError as problem:
                self.add_error("file", str(problem))
        if not found and not self.errors:
            self.add_error("marks", "Give marks, or a file of them")
        values["vrms"] = frozenset(found)
        return values

    def ask(self, **common: Any) -> Question:
        values = self.cleaned_data
        return MarksQuestion(vrms=values["vrms"], look_alikes=values["look_alikes"], **common)


class PlaceForm(QuestionForm):
    """Which marks were read there?"""

    kind = SearchKind.PLACE
    heading = "Search a place and time"
    own_fields = ("areas", "cameras", "corners")
    usual_period = timedelta(hours=1)

    areas = forms.MultipleChoiceField(
        label="Areas", required=False, widget=forms.CheckboxSelectMultiple
    )
    cameras = forms.MultipleChoiceField(
        label="Cameras", required=False, widget=forms.CheckboxSelectMultiple
    )
    corners = forms.CharField(
        label="Or every camera within these corners",
        help_text="Three or more points, one a line: latitude, longitude, such as 51.75, 0.48",
        required=False,
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
    )

    def prepare(self) -> None:
        known = list(cameras_known_to(covert=self.actor.covert_right))
        names = sorted({camera.area_name for camera in known})
        self._choices("areas", [(name, name) for name in names])
        if not self.actor.location_right:
            # Whoever may not know where a camera stands names areas.
            del self.fields["cameras"], self.fields["corners"]
            self.fields["areas"].required = True
            return
        named = [
            (str(one.id), f"{one.area_name}: {name_of(one, with_location=True)}") for one in known
        ]
        self._choices("cameras", sorted(named, key=lambda choice: choice[1]))

    def _choices(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.MultipleChoiceField):
            field.choices = choices

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        if not self.actor.location_right:
            values["place"] = Place(areas=frozenset(values.get("areas", ())))
            return values
        chosen = {int(one) for one in values.get("cameras", ())}
        chosen |= camera_ids_in_areas(values.get("areas", ())) if values.get("areas") else set()
        if values.get("corners"):
            try:
                area = corners(values["corners"])
                chosen |= cameras_within(area, covert=self.actor.covert_right)
            except AreaError as problem:
                self.add_error("corners", str(problem))
        if not chosen and not self.errors:
            self.add_error("areas", "Choose areas or cameras, or give the corners of an area")
        values["place"] = Place(camera_ids=frozenset(chosen))
        return values

    def ask(self, **common: Any) -> Question:
        return PlaceQuestion(place=self.cleaned_data["place"], **common)


FORMS: Final[Mapping[str, type[QuestionForm]]] = {
    form.kind.value: form for form in (MarkForm, PartForm, MarksForm, PlaceForm)
}
"""The forms by the kind of their questions."""


def first_values(form: type[QuestionForm], *, at: datetime, investigation: str) -> dict[str, Any]:
    """What a form shows before it is filled: the usual period to now, look-alikes too."""
    return {
        "investigation": investigation,
        "look_alikes": True,
        "period_from": at - form.usual_period,
    }
