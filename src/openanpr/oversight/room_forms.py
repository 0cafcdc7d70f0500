"""The forms of the auditor's room."""

from datetime import UTC, datetime, time, timedelta
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError

from openanpr.accounts.models import User
from openanpr.investigations.forms import OfficerField
from openanpr.investigations.wording import says_something
from openanpr.oversight.vocabulary import GRADE_NAMES, METHOD_NAMES
from openanpr.vrm import InvalidVrm, normalise
from openanpr.web.dates import force_zone

MOST: Final = 500
LONGEST: Final = timedelta(days=400)


def _words(label: str, hint: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=2000,
        validators=[says_something],
        widget=forms.Textarea(attrs={"rows": 4}),
    )


def _day(label: str) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}))


class SampleForm(forms.Form):
    """What a sample is drawn from, and how."""

    method = forms.ChoiceField(
        label="How it is drawn",
        choices=[(one.value, name) for one, name in METHOD_NAMES.items()],
        widget=forms.RadioSelect,
    )
    day_from = _day("Searches asked from day")
    day_to = _day("To day")
    size = forms.IntegerField(label="How many", min_value=1, max_value=MOST, initial=20)
    seed = forms.RegexField(
        regex=r"^[0-9A-Za-z._-]{1,64}$",
        label="Seed",
        help_text="Only to draw an earlier sample again; leave empty for a new one",
        required=False,
        error_messages={"invalid": "Letters, digits and . _ - only, 64 at most"},
    )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        first, last = values.get("day_from"), values.get("day_to")
        if first and last and not timedelta(0) <= last - first <= LONGEST:
            self.add_error("day_to", "The last day comes after the first, by a year at most")
        return values

    def period(self) -> tuple[datetime, datetime]:
        """The days as instants, the end not in it."""
        return (
            _start_of(self.cleaned_data["day_from"]),
            _start_of(self.cleaned_data["day_to"] + timedelta(days=1)),
        )


class NoteForm(forms.Form):
    """A tick, with a word where there is one to say."""

    note = forms.CharField(
        label="Note",
        help_text="What was compared, where it helps a later reader",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class QuestionForm(forms.Form):
    """What is asked."""

    text = _words("Question", "The person reads it as it stands here, with your name")


class AnswerForm(forms.Form):
    """What is answered."""

    text = _words("Answer", "The auditor reads it as it stands here")


class MoveForm(forms.Form):
    """What an auditor says with a further move."""

    text = _words("Say why", "It stands with the question for good")


class FindingForm(forms.Form):
    """What was wrong, how gravely, and who sees to it."""

    title = forms.CharField(label="In short", max_length=150)
    grade = forms.ChoiceField(
        label="How grave",
        choices=[(one.value, name) for one, name in GRADE_NAMES.items()],
        widget=forms.RadioSelect,
    )
    text = _words("What was found", "What happened, which rule, how it is known")
    owner = OfficerField(label="Owner", help_text="User name of who must see to it")
    days = forms.IntegerField(
        label="Days to act", min_value=1, max_value=180, initial=28, help_text="From today"
    )

    def __init__(self, *args: Any, force: str, **options: Any) -> None:
        super().__init__(*args, **options)
        owner = self.fields["owner"]
        if isinstance(owner, OfficerField):
            owner.force = force


class VehicleForm(forms.Form):
    """A vehicle known to be a person's own."""

    person = OfficerField(label="Person", help_text="Their user name")
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
    source = forms.CharField(
        label="Known from", help_text="Such as: declared at vetting", max_length=200
    )

    def __init__(self, *args: Any, force: str, **options: Any) -> None:
        super().__init__(*args, **options)
        person = self.fields["person"]
        if isinstance(person, OfficerField):
            person.force = force

    def clean_vrm(self) -> str:
        try:
            return normalise(self.cleaned_data["vrm"])
        except InvalidVrm as error:
            raise ValidationError("Give a registration mark, such as AB12 CDE") from error

    def person_id(self) -> str:
        """The person of the account that was named."""
        person = self.cleaned_data["person"]
        if not isinstance(person, User):
            raise TypeError("a vehicle is an account's person's")
        return person.person_id


def _start_of(day: Any) -> datetime:
    return datetime.combine(day, time.min, tzinfo=force_zone()).astimezone(UTC)
