"""The search form."""

import uuid
from datetime import datetime, timedelta
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError

from openanpr.investigations.models import Investigation
from openanpr.investigations.wording import says_something
from openanpr.search.question import MarkQuestion
from openanpr.vrm import InvalidVrm, normalise
from openanpr.web.fields import MomentField

USUAL_PERIOD: Final = timedelta(days=7)


class AnyInvestigationField(forms.ChoiceField):
    """Offers one's own investigations, and takes any id: a wrong one is refused and audited."""

    def valid_value(self, value: Any) -> bool:
        return True

    def clean(self, value: Any) -> Any:
        try:
            return uuid.UUID(str(super().clean(value)))
        except ValueError as error:
            raise ValidationError("Choose an investigation", code="invalid") from error


class SearchForm(forms.Form):
    """A search for a mark. The marks travel in the body of the form, never in an address."""

    investigation = AnyInvestigationField(
        label="Investigation", help_text="A search belongs to one of your open investigations"
    )
    vrm = forms.CharField(
        label="Mark",
        max_length=20,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "class": "govuk-input--width-10",
            }
        ),
    )
    look_alikes = forms.BooleanField(
        label="Also marks that look the same on a plate (O and 0, I and 1)", required=False
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
        help_text="Why this mark is searched for. The auditor reads it.",
        max_length=1000,
        validators=[says_something],
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, investigations: list[Investigation], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["investigation"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [
                (str(one.id), f"{one.reference}: {one.title}") for one in investigations
            ]

    def clean_vrm(self) -> str:
        try:
            return normalise(self.cleaned_data["vrm"])
        except InvalidVrm as error:
            raise ValidationError("Give a registration mark, such as AB12 CDE") from error

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        start, end = values.get("period_from"), values.get("period_to")
        if start and end and not start < end:
            self.add_error("period_to", "The period must end after it begins")
        return values

    def question(self, *, at: datetime) -> MarkQuestion:
        """The valid form as a question asked at ``at``."""
        values = self.cleaned_data
        return MarkQuestion(
            vrm=values["vrm"],
            start=values["period_from"],
            end=values["period_to"] or at,
            reason=values["reason"],
            look_alikes=values["look_alikes"],
        )


def first_values(*, at: datetime, investigation: str) -> dict[str, Any]:
    """What the form shows before it is filled: the last week to now, look-alikes too."""
    return {
        "investigation": investigation,
        "look_alikes": True,
        "period_from": at - USUAL_PERIOD,
    }
