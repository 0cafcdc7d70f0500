"""Forms of investigations and authorisations."""

from datetime import datetime
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError

from openanpr.access.vocabulary import Category
from openanpr.accounts.models import User
from openanpr.investigations.models import AuthorisationRequest, Investigation
from openanpr.investigations.reviews import LONGEST
from openanpr.investigations.vocabulary import CATEGORY_NAMES
from openanpr.investigations.wording import says_something
from openanpr.vrm import InvalidVrm, normalise
from openanpr.web.fields import MomentField

MOST_MARKS: Final = 50
WHY: Final = 2000
"""The longest reason, in characters."""


def _why(label: str, hint: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=WHY,
        validators=[says_something],
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class OfficerField(forms.CharField):
    """An account of one force, by user name; ``clean`` gives the ``User``."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            max_length=60,
            widget=forms.TextInput(
                attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
            ),
            **options,
        )
        self.force = ""

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        user = User.objects.filter(
            username__iexact=text, force__code=self.force, is_active=True
        ).first()
        if user is None:
            raise ValidationError("There is no such account in your force", code="unknown")
        return user


class OpenForm(forms.Form):
    """What an investigation is opened with."""

    reference = forms.RegexField(
        regex=r"^[A-Za-z0-9][A-Za-z0-9/ ._-]{2,39}$",
        label="Reference",
        help_text="Of the crime, incident or operation, as in the force's own records",
        error_messages={"invalid": "Use letters, digits, spaces and / . _ - only"},
    )
    title = forms.CharField(label="Title", max_length=120)
    category = forms.ChoiceField(
        label="Category",
        choices=[(category.value, name) for category, name in CATEGORY_NAMES.items()],
        widget=forms.RadioSelect,
        help_text="It decides how far back searches may look",
    )
    justification = _why("Justification", "Why this investigation needs ANPR data")
    officer_in_charge = OfficerField(
        label="Officer in charge", help_text="Their user name; your own if it is you"
    )

    def __init__(self, *args: Any, force: str, **options: Any) -> None:
        super().__init__(*args, **options)
        _officer(self, "officer_in_charge", force)

    def clean_reference(self) -> str:
        reference: str = self.cleaned_data["reference"]
        if Investigation.objects.filter(reference__iexact=reference).exists():
            raise ValidationError("There is an investigation with this reference", code="taken")
        return reference

    def clean_category(self) -> Category:
        return Category(self.cleaned_data["category"])


class MemberForm(forms.Form):
    """Somebody who joins the team."""

    user = OfficerField(label="User name", help_text="Somebody of your force")

    def __init__(self, *args: Any, force: str, **options: Any) -> None:
        super().__init__(*args, **options)
        _officer(self, "user", force)


class CloseForm(forms.Form):
    """Why an investigation is closed."""

    reason = _why("Why it is closed", "It can't be searched for afterwards")


class ReviewForm(forms.Form):
    """Why an investigation stays open, and until when."""

    reason = _why("Why it is still needed", "What ANPR data has brought, and what it may yet bring")
    review_at = MomentField(label="Next review", help_text="At most three months ahead")

    def __init__(self, *args: Any, at: datetime, **options: Any) -> None:
        super().__init__(*args, **options)
        self.at = at

    def clean_review_at(self) -> datetime:
        moment: datetime = self.cleaned_data["review_at"]
        if not self.at < moment <= self.at + LONGEST:
            raise ValidationError("Choose a day ahead, at most three months from now", "range")
        return moment


class AuthorisationForm(forms.Form):
    """A request for an authorisation. The period's end is not in it."""

    necessity = _why("Necessity", "Why the investigation needs these reads")
    proportionality = _why("Proportionality", "Why no smaller step would do")
    period_from = MomentField(label="Captures from")
    period_to = MomentField(label="Captures to", second_passing=True)
    vrms = forms.CharField(
        label="Marks",
        required=False,
        max_length=1000,
        help_text=(
            "One a line. Marks that differ only by O for 0 or I for 1 are included. "
            "Leave empty only if no mark is known."
        ),
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false", "autocomplete": "off"}),
    )
    days = forms.IntegerField(label="For how many days", min_value=1)

    def __init__(self, *args: Any, longest_days: int, at: datetime, **options: Any) -> None:
        super().__init__(*args, **options)
        self.at = at
        days = self.fields["days"]
        if isinstance(days, forms.IntegerField):
            days.max_value = longest_days
        days.help_text = f"At most {longest_days}"
        self.longest_days = longest_days

    def clean_vrms(self) -> frozenset[str] | None:
        written = self.cleaned_data["vrms"].replace(",", "\n").splitlines()
        try:
            marks = frozenset(normalise(line) for line in written if line.strip())
        except InvalidVrm as error:
            raise ValidationError("One of these is not a registration mark") from error
        if len(marks) > MOST_MARKS:
            raise ValidationError(f"Give at most {MOST_MARKS} marks")
        return marks or None

    def clean_days(self) -> int:
        days: int = self.cleaned_data["days"]
        if days > self.longest_days:
            raise ValidationError(f"Ask for at most {self.longest_days} days")
        return days

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        start, end = values.get("period_from"), values.get("period_to")
        if start and end and not start < end:
            self.add_error("period_to", "The period must end after it begins")
        return values


class DecisionForm(forms.Form):
    """An authorising officer's answer."""

    reason = _why("Your reason", "The requester and the auditor will read it")


class GrantForm(DecisionForm):
    """The answer to one request; what is authorised may be less than what was asked, never more."""

    days = forms.IntegerField(
        label="For at most how many days",
        help_text="Leave empty for what was asked",
        min_value=1,
        required=False,
    )
    limit_vrms = forms.CharField(
        label="For these marks alone",
        help_text="One a line, of those asked for. Leave empty for what was asked",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "spellcheck": "false", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, asked: AuthorisationRequest, **options: Any) -> None:
        super().__init__(*args, **options)
        self.asked = asked

    def clean_days(self) -> int | None:
        days: int | None = self.cleaned_data["days"]
        if days is not None and days > self.asked.days:
            raise ValidationError(f"No more than the {self.asked.days} days that were asked for")
        return days

    def clean_limit_vrms(self) -> frozenset[str] | None:
        written = self.cleaned_data["limit_vrms"].replace(",", "\n").splitlines()
        try:
            marks = frozenset(normalise(line) for line in written if line.strip())
        except InvalidVrm as error:
            raise ValidationError("One of these is not a registration mark") from error
        if self.asked.vrms is not None and not marks <= set(self.asked.vrms):
            raise ValidationError("Only marks that were asked for")
        return marks or None


def _officer(form: forms.Form, name: str, force: str) -> None:
    field = form.fields[name]
    if isinstance(field, OfficerField):
        field.force = force
