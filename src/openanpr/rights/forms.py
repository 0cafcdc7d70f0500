"""Forms of information requests: the public's, and the desk's."""

from datetime import date, timedelta
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError

from openanpr.investigations.wording import says_something
from openanpr.postbox.forms import PublicForm
from openanpr.rights.services.receiving import Asked
from openanpr.rights.vocabulary import (
    CHANNEL_NAMES,
    DESK_NAMES,
    GROUND_NAMES,
    KIND_NAMES,
    NEEDS_GROUND,
    OUTCOME_NAMES,
    Channel,
    Kind,
    Outcome,
    grounds_for,
)
from openanpr.vrm import InvalidVrm, normalise

OLDEST: Final = timedelta(days=365 * 10)


def _day(label: str, hint: str = "", *, required: bool = False) -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=hint,
        required=required,
        widget=forms.DateInput(attrs={"type": "date"}),
    )


def _words(label: str, hint: str, *, rows: int = 4, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=4000,
        required=required,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class _AskingForm(forms.Form):
    """What both forms ask for."""

    full_name = forms.CharField(
        label="Full name", max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    contact = forms.CharField(
        label="How to reach the person",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    words = _words("What is asked for", "")
    vrm = forms.CharField(
        label="Registration mark",
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"spellcheck": "false", "class": "govuk-input--width-10"}),
    )
    period_from = _day("From day")
    period_to = _day("To day")

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.today = today

    def clean_vrm(self) -> str:
        text: str = self.cleaned_data["vrm"]
        if not text.strip():
            return ""
        try:
            return normalise(text)
        except InvalidVrm as problem:
            raise ValidationError("Write the mark as on the plate: letters and digits") from problem

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        start, end = values.get("period_from"), values.get("period_to")
        if start and end and end < start:
            self.add_error("period_to", "The last day lies before the first")
        if start and start < self.today - OLDEST:
            self.add_error("period_from", "Choose a day within the last ten years")
        return values

    def asked(self) -> Asked:
        """The valid form as a service takes it."""
        values = self.cleaned_data
        return Asked(
            kind=Kind(values["kind"]),
            full_name=values["full_name"],
            contact=values["contact"],
            words=values["words"],
            vrm=values["vrm"],
            period_from=values["period_from"],
            period_to=values["period_to"],
        )


class PublicRequestForm(_AskingForm, PublicForm):
    """The form for everybody. It tells nothing and needs no account."""

    kind = forms.ChoiceField(
        label="What do you want to ask for?",
        choices=[(kind.value, name) for kind, name in KIND_NAMES.items()],
        widget=forms.RadioSelect,
    )
    field_order = ["kind", "words", "vrm", "period_from", "period_to", "full_name", "contact"]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["full_name"].label = "Your full name"
        self.fields["contact"].label = "How we can reach you"
        self.fields["contact"].help_text = "An e-mail address, or a postal address"
        self.fields["words"].label = "What you want to know, in your own words"
        self.fields["vrm"].label = "Registration mark of the vehicle"
        self.fields["vrm"].help_text = "Only where you ask about a vehicle that you kept"
        self.fields["period_from"].label = "From which day"
        self.fields["period_to"].label = "To which day"


class DeskRequestForm(_AskingForm):
    """What came by post, e-mail, telephone or at the counter."""

    kind = forms.ChoiceField(
        label="What is asked for",
        choices=[(kind.value, name) for kind, name in DESK_NAMES.items()],
        widget=forms.RadioSelect,
    )
    channel = forms.ChoiceField(
        label="How it came",
        choices=[
            (one.value, name) for one, name in CHANNEL_NAMES.items() if one is not Channel.WEB
        ],
    )
    received_on = _day("Day on which it was received", "The time counts from it", required=True)
    field_order = [
        *("channel", "received_on", "kind", "words", "vrm", "period_from", "period_to"),
        *("full_name", "contact"),
    ]

    def clean_received_on(self) -> date:
        day: date = self.cleaned_data["received_on"]
        if not self.today - timedelta(days=365) <= day <= self.today:
            raise ValidationError("Choose a day within the last year, not ahead")
        return day


class StepForm(forms.Form):
    """Why a step is made, and on which day it counts."""

    reason = _words("Reason", "Kept with the request and in the audit")
    on = _day("Day on which it counts", "Today where it is left open")


class IdentityForm(StepForm):
    """What showed who the person is."""

    identity = forms.CharField(
        label="What was shown",
        max_length=200,
        help_text="Kind of document and where its copy is kept, never its number",
    )
    field_order = ["identity", "reason", "on"]


class KeeperForm(forms.Form):
    """A vehicle that the person kept, from day to day."""

    vrm = forms.CharField(label="Registration mark", max_length=20)
    kept_from = _day("Kept it from", required=True)
    kept_to = _day("Kept it to", required=True)
    evidence = forms.CharField(
        label="What shows it",
        max_length=300,
        help_text="For example the keeper's record of those days and where its copy is kept",
    )

    def clean_vrm(self) -> str:
        try:
            return normalise(self.cleaned_data["vrm"])
        except InvalidVrm as problem:
            raise ValidationError("Write the mark as on the plate: letters and digits") from problem

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        start, end = values.get("kept_from"), values.get("kept_to")
        if start and end and end < start:
            self.add_error("kept_to", "The last day lies before the first")
        return values


class DecisionForm(forms.Form):
    """What is decided on a request, on which ground, and what the letter says."""

    outcome = forms.ChoiceField(label="Decision", widget=forms.RadioSelect)
    ground = forms.ChoiceField(
        label="Ground",
        required=False,
        help_text="Where something is held back or refused, or neither confirmed nor denied",
    )
    reason = forms.CharField(
        label="Why, for the record",
        help_text="Why it is necessary and proportionate; the letter does not say it",
        max_length=4000,
        validators=[says_something],
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    letter = _words(
        "What the letter says beside the fixed words",
        "In plain words for the person; leave it empty where the fixed words say all",
        required=False,
    )
    tell_ground = forms.BooleanField(
        label="Tell the person the ground",
        required=False,
        help_text="Not where telling it would do the harm that it is to prevent",
    )

    def __init__(self, *args: Any, kind: Kind, **options: Any) -> None:
        super().__init__(*args, **options)
        outcomes = [(one.value, name) for one, name in OUTCOME_NAMES.items()]
        grounds = [(one.value, GROUND_NAMES[one]) for one in grounds_for(kind)]
        for name, choices in (("outcome", outcomes), ("ground", [("", "None"), *grounds])):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = choices

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        needs = values.get("outcome") in {str(one) for one in NEEDS_GROUND}
        if needs and not values.get("ground"):
            self.add_error("ground", "Name the ground on which it is held back")
        if values.get("outcome") == Outcome.NEITHER and values.get("letter"):
            self.add_error(
                "letter", "Leave it empty: this letter must read the same whatever we hold"
            )
        return values
