"""Forms of the camera register."""

from django import forms

from openanpr.cameras.files import MOST_BYTES
from openanpr.cameras.lines import COLUMNS
from openanpr.cameras.vocabulary import CARRIER_NAMES


class ReasonForm(forms.Form):
    """Why a camera's state is changed."""

    reason = forms.CharField(
        label="Reason",
        help_text="Kept with the camera and in the audit. Name no vehicle or person.",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Give the reason"},
    )


class ImportForm(ReasonForm):
    """A register as a file."""

    file = forms.FileField(
        label="Register",
        help_text=f"CSV in UTF-8, {MOST_BYTES // 1_000_000} MB at most",
        error_messages={"required": "Choose the file"},
    )
    field_order = ("file", "reason")


def _text(label: str, hint: str = "", *, required: bool = False) -> forms.CharField:
    return forms.CharField(label=label, help_text=hint, max_length=300, required=required)


def _whole(label: str) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=999_999_999)


class CameraForm(ReasonForm):
    """One camera by hand, as it would stand in a file."""

    feed = _whole("Feed number")
    source = _whole("Source number")
    number = _whole("Camera number")
    name = _text("Name", "Shown to those with the location right alone", required=True)
    area = _text("Area", "What everybody else sees, such as: Chelmsford, north", required=True)
    carrier = forms.ChoiceField(
        label="Carrier",
        choices=[(one.value, name) for one, name in CARRIER_NAMES.items()],
        widget=forms.RadioSelect,
    )
    callsign = _text("Call sign of the vehicle", "For a camera in a vehicle")
    site_code = _text("Code of the site", "For a camera at a site; a known code takes its place")
    site_name = _text("Name of the site", "For a new site")
    latitude = _text("Latitude", "For a new site, in degrees, such as 51.75")
    longitude = _text("Longitude", "For a new site, in degrees, such as 0.5")
    covert = forms.ChoiceField(
        label="Is the site covert?",
        choices=[("no", "No"), ("yes", "Yes")],
        initial="no",
        widget=forms.RadioSelect,
    )
    direction = _text("Direction")
    lanes = _text("Lanes")
    view = _text("View", "What comes into the picture")
    owner = _text("Owner", "Whose device it is: the force, a council")
    shared_with = _text("Shared with", "Councils and neighbouring forces that have its reads too")
    field_order = (*COLUMNS, "reason")

    def cells(self) -> dict[str, str]:
        """The valid form as the cells of a line."""
        return {name: str(self.cleaned_data[name]) for name in COLUMNS}
