"""Forms of protected marks."""

from datetime import datetime, timedelta
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError

from openanpr.hotlists.tripwires.vocabulary import GROUND_NAMES
from openanpr.vrm import InvalidVrm, normalise
from openanpr.web.fields import MomentField

LONGEST: Final = timedelta(days=366)
"""A protection is looked at again at least this often: it ends, or is made anew."""


class ProtectForm(forms.Form):
    """Which mark, why, and until when."""

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
    ground = forms.ChoiceField(
        label="Whose it is",
        choices=[(one.value, name) for one, name in GROUND_NAMES.items()],
        widget=forms.RadioSelect,
    )
    reference = forms.CharField(label="Reference", max_length=60)
    reason = forms.CharField(
        label="Reason", max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
    ends_at = MomentField(label="Until", help_text="At most a year from now")

    def __init__(self, *args: Any, at: datetime, **options: Any) -> None:
        super().__init__(*args, **options)
        self.at = at

    def clean_vrm(self) -> str:
        try:
            return normalise(self.cleaned_data["vrm"])
        except InvalidVrm as error:
            raise ValidationError("Give a registration mark, such as AB12 CDE") from error

    def clean_ends_at(self) -> datetime:
        moment: datetime = self.cleaned_data["ends_at"]
        if not self.at < moment <= self.at + LONGEST:
            raise ValidationError("Choose a day ahead, at most a year from now", code="range")
        return moment


class DealForm(forms.Form):
    """What a trip turned out to be."""

    note = forms.CharField(
        label="What it was, and what was done",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
