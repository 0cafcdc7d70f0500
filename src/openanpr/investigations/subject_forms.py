"""Forms of subjects and of the vehicles linked to them."""

from datetime import datetime, timedelta
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError

from openanpr.investigations.forms import WHY
from openanpr.investigations.grading import (
    ASSESSMENT_NAMES,
    HANDLING_NAMES,
    ROLE_NAMES,
    SOURCE_NAMES,
    Assessment,
    Handling,
    SourceGrade,
    SubjectRole,
)
from openanpr.investigations.services.subjects import Link
from openanpr.investigations.wording import says_something
from openanpr.vrm import InvalidVrm, normalise

LONGEST: Final = timedelta(days=365)
_USUAL_DAYS: Final = 90


class SubjectForm(forms.Form):
    """Somebody an investigation is about."""

    name = forms.CharField(
        label="Name or reference",
        help_text="As the investigation's own records have it",
        max_length=120,
    )
    role = forms.TypedChoiceField(
        label="What they are to the investigation",
        choices=[(role.value, name) for role, name in ROLE_NAMES.items()],
        coerce=SubjectRole,
        widget=forms.RadioSelect,
    )


class LinkForm(forms.Form):
    """A vehicle and what links it to a subject."""

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
    link = forms.CharField(
        label="How it is linked",
        help_text="Such as: registered keeper, seen at the wheel, borrowed from a relative",
        max_length=200,
    )
    source = forms.CharField(
        label="Source",
        help_text="The record or report that says so, by its reference",
        max_length=200,
    )
    source_grade = forms.TypedChoiceField(
        label="How good the source is",
        choices=[(one.value, name) for one, name in SOURCE_NAMES.items()],
        coerce=SourceGrade,
    )
    assessment = forms.TypedChoiceField(
        label="Assessment",
        choices=[(one.value, name) for one, name in ASSESSMENT_NAMES.items()],
        coerce=Assessment,
    )
    handling = forms.TypedChoiceField(
        label="Handling",
        choices=[(one.value, name) for one, name in HANDLING_NAMES.items()],
        coerce=Handling,
    )
    days = forms.IntegerField(
        label="Holds for how many days",
        help_text=f"At most {LONGEST.days}. Afterwards nothing is looked for by it",
        min_value=1,
        max_value=LONGEST.days,
        initial=_USUAL_DAYS,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-3"}),
    )

    def clean_vrm(self) -> str:
        try:
            return normalise(self.cleaned_data["vrm"])
        except InvalidVrm as error:
            raise ValidationError("Give a registration mark, such as AB12 CDE") from error

    def made(self, *, at: datetime) -> Link:
        """The valid form."""
        values: dict[str, Any] = dict(self.cleaned_data)
        expires_at = at + timedelta(days=values.pop("days"))
        return Link(expires_at=expires_at, **values)


class EndForm(forms.Form):
    """Why a link, or a subject, no longer belongs here."""

    reason = forms.CharField(
        label="Reason",
        max_length=WHY,
        validators=[says_something],
        widget=forms.Textarea(attrs={"rows": 3}),
    )
