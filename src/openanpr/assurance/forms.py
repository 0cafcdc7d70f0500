"""Forms of incidents, reviews, agreements and statements."""

from datetime import datetime
from typing import Any

from django import forms

from openanpr.assurance.incidents import RISK_NAMES, STEP_NAMES, Risk, StepKind
from openanpr.assurance.statements import StatementKind
from openanpr.web.fields import MomentField


def _words(label: str, missing: str, *, rows: int = 3, **options: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": missing},
        **options,
    )


class IncidentForm(forms.Form):
    """What went wrong."""

    title = forms.CharField(
        label="In a few words", max_length=120, error_messages={"required": "Say it in a few words"}
    )
    what = _words(
        "What happened",
        "Say what happened",
        help_text="Name no vehicle and no member of the public.",
    )
    personal_data = forms.TypedChoiceField(
        label="Is personal data concerned?",
        choices=[("yes", "Yes, or it may be"), ("no", "No")],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether personal data is concerned"},
    )
    people = forms.IntegerField(
        label="About how many people", min_value=0, required=False, help_text="If it is known"
    )
    happened_at = MomentField(label="Happened", help_text="If it is known", required=False)
    known_at = MomentField(
        label="Known since",
        help_text="When somebody here became aware of it. The clock runs from then.",
    )

    def __init__(self, *args: Any, at: datetime, **options: Any) -> None:
        super().__init__(*args, **options)
        self.at = at

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        known, happened = values.get("known_at"), values.get("happened_at")
        if known and known > self.at:
            self.add_error("known_at", "This lies ahead: give when it became known")
        if known and happened and happened > known:
            self.add_error("happened_at", "It was known before it happened: check the two times")
        return values


class StepForm(forms.Form):
    """One step of the record."""

    kind = forms.TypedChoiceField(
        label="What you write down",
        choices=[(one.value, STEP_NAMES[one]) for one in StepKind if one is not StepKind.RECORDED],
        coerce=StepKind,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what you write down"},
    )
    text = _words("In words", "Say what was found or done")
    risk = forms.TypedChoiceField(
        label="Risk to people, where you judge it",
        choices=[("", "Not judged now"), *((one.value, RISK_NAMES[one]) for one in Risk)],
        coerce=Risk,
        empty_value=None,
        required=False,
    )
    late = _words(
        "Reasons for the delay", "", required=False, help_text="Where it is reported late"
    )


class ReviewForm(forms.Form):
    """The outcome of a review."""

    outcome = forms.ChoiceField(
        label="Outcome",
        choices=[("keep", "Keep"), ("change", "Keep, and change it"), ("remove", "Remove")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose keep, change or remove"},
    )
    reasons = _words(
        "Reasons", "Give the reasons", help_text="Kept with the figures as they stand now."
    )
    next_due_at = MomentField(
        label="Next review", help_text="Leave empty where it is removed", required=False
    )


class AgreementForm(forms.Form):
    """A sharing agreement."""

    partner = forms.CharField(
        label="With whom", max_length=200, error_messages={"required": "Say with whom"}
    )
    purpose = _words("For what", "Say for what")
    basis = _words("Legal basis", "Give the legal basis", rows=2)
    shared = _words("What is shared", "Say what is shared")
    signed_on = forms.DateField(
        label="Signed on",
        help_text="Such as 2026-03-31",
        error_messages={
            "required": "Give the day it was signed",
            "invalid": "Write the day as 2026-03-31",
        },
    )
    ends_on = forms.DateField(
        label="Ends on",
        help_text="Leave empty where it has no end",
        required=False,
        error_messages={"invalid": "Write the day as 2026-03-31"},
    )


class StatementForm(forms.Form):
    """One field a heading; a draft may leave any of them empty."""

    def __init__(self, *args: Any, kind: StatementKind, **options: Any) -> None:
        super().__init__(*args, **options)
        for key, text in kind.headings.items():
            self.fields[key] = _words(text, "", rows=4, required=False)
