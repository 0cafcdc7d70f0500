"""Forms of exhibits."""

import re
from datetime import datetime, timedelta
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError

from openanpr.accounts.models import User
from openanpr.config.values import Settings
from openanpr.exhibits.jurisdictions import forms as statement_forms
from openanpr.exhibits.services.making import Terms
from openanpr.exhibits.vocabulary import Edition, Jurisdiction
from openanpr.investigations.wording import says_something

_INITIALS: Final = re.compile(r"[A-Z]{2,5}\Z")
_EDITIONS: Final = [
    (Edition.OPEN.value, "Open: areas instead of sites, no overview pictures, no covert camera"),
    (Edition.SENSITIVE.value, "Sensitive: with sites, overviews and list entries"),
]


class MakeForm(forms.Form):
    """For whom, why, and in what form an exhibit is made."""

    recipient = forms.CharField(
        label="Recipient",
        help_text="Who will have it: name and organisation. It stands on every page.",
        max_length=200,
    )
    reason = forms.CharField(
        label="Reason",
        help_text="Why it leaves. It stands in the pack, and the auditor reads it.",
        max_length=1000,
        validators=[says_something],
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    edition = forms.ChoiceField(label="Edition", choices=_EDITIONS, widget=forms.RadioSelect)
    jurisdiction = forms.ChoiceField(
        label="Courts", help_text="The form of the draft statement", widget=forms.RadioSelect
    )
    initials = forms.CharField(
        label="Your initials",
        help_text="The exhibit is named after them and the next number, such as ABC/1",
        max_length=5,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-5", "autocomplete": "off"}),
    )
    days = forms.IntegerField(
        label="Keep the file for so many days",
        help_text="Its record stays. What the case needs for longer is held on the reads too.",
        min_value=1,
        max_value=3650,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-4", "inputmode": "numeric"}),
    )

    def __init__(self, *args: Any, settings: Settings, user: User, **options: Any) -> None:
        first = {
            "edition": Edition.OPEN.value,
            "jurisdiction": settings.jurisdiction,
            "initials": initials_of(user.full_name),
            "days": settings.exhibit_days,
        }
        super().__init__(*args, **{"initial": first, **options})
        choices = [(one.value, form.title) for one, form in statement_forms().items()]
        self.fields["jurisdiction"].choices = choices  # type: ignore[attr-defined]

    def clean_recipient(self) -> str:
        """One line: it stands at the head of papers."""
        return " ".join(self.cleaned_data["recipient"].split())

    def clean_initials(self) -> str:
        """Two to five letters, as exhibits are named."""
        initials = str(self.cleaned_data["initials"]).strip().upper()
        if not _INITIALS.match(initials):
            raise ValidationError("Write two to five letters, such as ABC", code="initials")
        return initials

    def terms(self, *, at: datetime) -> Terms:
        """The form as the service takes it."""
        values = self.cleaned_data
        return Terms(
            recipient=values["recipient"],
            reason=values["reason"],
            edition=Edition(values["edition"]),
            jurisdiction=Jurisdiction(values["jurisdiction"]),
            initials=values["initials"],
            keep_until=at + timedelta(days=values["days"]),
        )


class HandedForm(forms.Form):
    """To whom a copy was handed, and how."""

    recipient = forms.CharField(label="Handed to", max_length=200)
    note = forms.CharField(
        label="How",
        help_text="Such as by hand, sealed disc, or the prosecutor's system with its reference",
        max_length=1000,
    )


def initials_of(full_name: str) -> str:
    """The first letters of the words of a name, at most five; some to be written over otherwise."""
    letters = [word[0].upper() for word in re.findall(r"[A-Za-z]+", full_name)]
    found = "".join(letters)[:5]
    return found if len(found) > 1 else f"{found}X"[:5].rjust(2, "X")
