"""Forms of the sensitive places."""

from typing import Any

from django import forms

from openanpr.access.vocabulary import PlaceKind
from openanpr.sensitive.services import NewPlace
from openanpr.sensitive.vocabulary import KIND_NAMES
from openanpr.web.fields import MomentField


class PlaceForm(forms.Form):
    """A place, when it holds, and why."""

    kind = forms.ChoiceField(
        label="What it is",
        choices=[(kind.value, name) for kind, name in KIND_NAMES.items()],
        widget=forms.RadioSelect,
        error_messages={"required": "Say what it is"},
    )
    name = forms.CharField(
        label="Name", max_length=120, error_messages={"required": "Give its name"}
    )
    latitude = forms.FloatField(
        label="Latitude",
        help_text="Degrees, WGS 84, such as 51.7361",
        min_value=-90,
        max_value=90,
        error_messages={"required": "Give the latitude in degrees"},
    )
    longitude = forms.FloatField(
        label="Longitude",
        help_text="Degrees, WGS 84, such as 0.4798",
        min_value=-180,
        max_value=180,
        error_messages={"required": "Give the longitude in degrees"},
    )
    starts_at = MomentField(label="Holds from")
    ends_at = MomentField(
        label="Holds to", help_text="Leave empty where no end is known", required=False
    )
    reason = forms.CharField(
        label="Reason",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say why people need not be seen there"},
    )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        start, end = values.get("starts_at"), values.get("ends_at")
        if start and end and not start < end:
            self.add_error("ends_at", "It must end after it begins")
        return values

    def place(self) -> NewPlace:
        """The valid form as what is entered."""
        values = dict(self.cleaned_data)
        return NewPlace(**values | {"kind": PlaceKind(values["kind"])})


class EndForm(forms.Form):
    """Why a place should limit nothing any more."""

    reason = forms.CharField(
        label="Reason",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say why it is not needed any more"},
    )
