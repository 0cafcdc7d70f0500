"""Forms by which people, their training and their units are added."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from openanpr.access.vocabulary import Rank, Role
from openanpr.accounts.managers import normalise_username
from openanpr.accounts.models import User
from openanpr.accounts.queries import ANPR_COURSE
from openanpr.forces.models import Unit
from openanpr.web.fields import MomentField
from openanpr.web.person import ROLE_NAMES


class UnitField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A unit of one force, by its name."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name)


class JoinerForm(forms.Form):
    """Who joins, where they are posted, and until when."""

    full_name = forms.CharField(label="Full name", max_length=120)
    person_id = forms.RegexField(
        regex=r"^[A-Za-z0-9][A-Za-z0-9/-]{0,59}$",
        label="Collar or staff number",
        help_text="The same in each account of one person: four eyes are counted by it",
        error_messages={"invalid": "Use letters, digits, / and - only"},
    )
    username = forms.CharField(
        label="User name",
        max_length=60,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
    unit = UnitField(label="Unit", queryset=Unit.objects.none(), empty_label=None)
    rank = forms.ChoiceField(
        label="Rank",
        choices=[(one.value, one.value.replace("-", " ").capitalize()) for one in Rank],
    )
    location_right = forms.BooleanField(label="Sees the exact places of cameras", required=False)
    posting_ends_at = MomentField(
        label="Posting ends", required=False, help_text="Leave empty if no end is known"
    )
    vetting_expires_at = MomentField(
        label="Vetting expires", required=False, help_text="Leave empty if no end is known"
    )

    def __init__(self, *args: Any, force: str, own_person_id: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.own_person_id = own_person_id
        field = self.fields["unit"]
        if isinstance(field, UnitField):
            field.queryset = Unit.objects.filter(force__code=force).select_related("force")

    def clean_username(self) -> str:
        name = normalise_username(self.cleaned_data["username"])
        if User.objects.filter(username=name).exists():
            raise ValidationError("This user name is taken")
        return name

    def clean_person_id(self) -> str:
        number: str = self.cleaned_data["person_id"]
        if number == self.own_person_id:
            raise ValidationError("That is you: another person makes an account for you")
        return number


class MoverForm(forms.Form):
    """Where somebody is posted next, and which roles go along."""

    unit = UnitField(label="Unit", queryset=Unit.objects.none(), empty_label=None)
    rank = forms.ChoiceField(
        label="Rank",
        choices=[(one.value, one.value.replace("-", " ").capitalize()) for one in Rank],
    )
    posting_ends_at = MomentField(
        label="Posting ends", required=False, help_text="Leave empty if no end is known"
    )
    keep = forms.MultipleChoiceField(
        label="Roles that go along",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="The others end. Roles that two people give end too where the rank changes or "
        "the posting was over: propose them again",
    )
    reason = forms.CharField(
        label="Reason", max_length=500, error_messages={"required": "Give the reason"}
    )

    def __init__(
        self, *args: Any, force: str, roles: list[Role], at: datetime, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.at = at
        unit, keep = self.fields["unit"], self.fields["keep"]
        if isinstance(unit, UnitField):
            unit.queryset = Unit.objects.filter(force__code=force).select_related("force")
        if isinstance(keep, forms.MultipleChoiceField):
            keep.choices = [(role.value, ROLE_NAMES[role]) for role in roles]
        if not roles:
            del self.fields["keep"]

    def clean_rank(self) -> Rank:
        return Rank(self.cleaned_data["rank"])

    def clean_posting_ends_at(self) -> datetime | None:
        ends: datetime | None = self.cleaned_data["posting_ends_at"]
        if ends is not None and ends <= self.at:
            raise ValidationError("A posting that begins now ends later")
        return ends

    @property
    def kept(self) -> frozenset[Role]:
        """The roles that were ticked."""
        return frozenset(Role(one) for one in self.cleaned_data.get("keep", ()))


class UnitForm(forms.Form):
    """A new unit of one's force."""

    name = forms.CharField(label="Name of the unit", max_length=120)
    area = forms.CharField(
        label="Area",
        required=False,
        max_length=120,
        help_text="Where its patrols work. Leave empty for the whole force",
    )


class TrainingForm(forms.Form):
    """A course that somebody passed."""

    passed_at = MomentField(label="Passed")
    expires_at = MomentField(label="Valid until")
    certificate = forms.CharField(
        label="Number of the certificate", max_length=120, help_text="As the training unit keeps it"
    )

    def __init__(self, *args: Any, at: datetime, **options: Any) -> None:
        super().__init__(*args, **options)
        self.at = at

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        passed, expires = values.get("passed_at"), values.get("expires_at")
        if passed and passed > self.at:
            self.add_error("passed_at", "A course is recorded once it was passed")
        if passed and expires and not passed < expires:
            self.add_error("expires_at", "It must end after it began")
        return {**values, "course": ANPR_COURSE}


class LinkForm(forms.Form):
    """Why somebody gets a new one-time link."""

    reason = forms.CharField(
        label="Reason",
        help_text="How you made sure that it is they who ask. The auditor reads it",
        max_length=500,
        error_messages={"required": "Give the reason"},
    )
