"""Forms of holds."""

from datetime import datetime, timedelta
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError

from openanpr.accounts.models import User
from openanpr.holds.services import Terms
from openanpr.investigations.forms import OfficerField
from openanpr.investigations.vocabulary import GROUND_NAMES, HoldGround
from openanpr.investigations.wording import says_something
from openanpr.web.fields import MomentField

LONGEST: Final = timedelta(days=366)
"""A hold is reviewed at least this often."""


def _why(label: str, hint: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=2000,
        validators=[says_something],
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class _Reviewed(forms.Form):
    """A form that names the next review."""

    def __init__(self, *args: Any, at: datetime, **options: Any) -> None:
        super().__init__(*args, **options)
        self.at = at

    def clean_review_at(self) -> datetime:
        moment: datetime = self.cleaned_data["review_at"]
        if not self.at < moment <= self.at + LONGEST:
            raise ValidationError("Choose a day ahead, at most a year from now", code="range")
        return moment


class HoldForm(_Reviewed):
    """What a hold is placed with."""

    ground = forms.ChoiceField(
        label="Why these reads must be kept",
        choices=[(ground.value, name) for ground, name in GROUND_NAMES.items()],
        widget=forms.RadioSelect,
    )
    reference = forms.CharField(
        label="Reference",
        max_length=60,
        help_text="Of the disclosure schedule, exhibit, complaint or order",
    )
    reason = _why("Reason", "What they may show, so that a reviewer can judge the need")
    owner = OfficerField(
        label="Owner", help_text="User name of who answers for this hold and reviews it"
    )
    review_at = MomentField(label="Review by", help_text="At most a year from now")

    def __init__(self, *args: Any, force: str, **options: Any) -> None:
        super().__init__(*args, **options)
        owner = self.fields["owner"]
        if isinstance(owner, OfficerField):
            owner.force = force

    def terms(self) -> Terms:
        """The valid form as a service takes it."""
        values = self.cleaned_data
        owner = values["owner"]
        if not isinstance(owner, User):
            raise TypeError("the owner of a hold is an account")
        return Terms(
            ground=HoldGround(values["ground"]),
            reference=values["reference"],
            reason=values["reason"],
            owner=owner,
            review_at=values["review_at"],
        )


class ReviewForm(_Reviewed):
    """Why a hold is still needed."""

    reason = _why("Why it is still needed", "The auditor reads it")
    review_at = MomentField(label="Next review by", help_text="At most a year from now")


class ReleaseForm(forms.Form):
    """Why a hold is not needed any more."""

    reason = _why("Why it is not needed any more", "Reads past retention go within a day")
