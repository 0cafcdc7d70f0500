"""Forms of a change of the profile."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from openanpr.access.profiles import ProfileError, parse_profile
from openanpr.policy.models import ProfileVersion
from openanpr.web.fields import MomentField

LARGEST = 50_000


class ProposalForm(forms.Form):
    """The whole new table, when it begins, and why."""

    toml = forms.CharField(
        label="The new table",
        help_text="All of it, as TOML. It starts as the one in force: change what should change, "
        "and its version.",
        max_length=LARGEST,
        widget=forms.Textarea(attrs={"rows": 20, "spellcheck": "false"}),
        error_messages={"required": "Give the whole table"},
    )
    takes_effect_at = MomentField(label="Takes effect")
    reason = forms.CharField(
        label="Reason",
        help_text="The person who confirms, the auditor and every user can read it",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say why it is changed"},
    )

    def clean_toml(self) -> str:
        text: str = self.cleaned_data["toml"].replace("\r\n", "\n")
        try:
            profile = parse_profile(text, source="given")
        except ProfileError as problem:
            raise ValidationError(str(problem)) from problem
        taken = ProfileVersion.objects.filter(name=profile.name, version=profile.version)
        if taken.exists():
            raise ValidationError(f"{profile.label} was in force before: give it another version")
        self.profile = profile
        return text

    def clean_takes_effect_at(self) -> Any:
        wanted = self.cleaned_data["takes_effect_at"]
        if ProfileVersion.objects.filter(takes_effect_at=wanted).exists():
            raise ValidationError("Another version takes effect at that moment: choose another")
        return wanted


class AnswerForm(forms.Form):
    """Why a proposal is confirmed, refused or withdrawn."""

    reason = forms.CharField(
        label="Your reason", max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
