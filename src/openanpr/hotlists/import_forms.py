"""What a list manager fills in to import a file."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from openanpr.adapters.list_rows import FIELDS
from openanpr.hotlists.services.import_files import LARGEST_FILE, ImportDetails
from openanpr.hotlists.vocabulary import ACTION_NAMES, OPERATION_NAMES, ImportOperation
from openanpr.web.fields import MomentField

_NOT_THERE = "-"


class UploadForm(forms.Form):
    """A file, what it does to the list, and what stands where its rows say nothing."""

    file = forms.FileField(
        label="File",
        help_text=(
            "Rows of 16 columns (.csv or .dat), a workbook with one sheet of rows (.xlsx), or a "
            "ZIP of revision files, up to 512 MB."
        ),
        error_messages={"required": "Choose a file", "empty": "The file is empty"},
    )
    operation = forms.ChoiceField(
        label="What does the file do?",
        choices=[(one.value, name) for one, name in OPERATION_NAMES.items()],
        widget=forms.RadioSelect,
        help_text="The files of a ZIP say it in their names: R, A or D.",
        error_messages={"required": "Choose what the file does"},
    )
    reason = forms.CharField(
        label="Why is this file imported?",
        max_length=500,
        error_messages={"required": "Say why the file is imported"},
    )
    owner = forms.CharField(
        label="Owner of the entries",
        max_length=200,
        help_text="Who answers for them: name and post. The file has no column for it.",
        error_messages={"required": "Enter the owner of the entries"},
    )
    default_action = forms.ChoiceField(
        label="Action, where a row has none",
        required=False,
        choices=[("", "None: such a row is rejected")]
        + [(action.value, name) for action, name in ACTION_NAMES.items()],
    )
    default_reason = forms.CharField(
        label="Reason, where a row has none",
        required=False,
        max_length=500,
        help_text="Left empty, such a row is rejected.",
    )
    default_weed_at = MomentField(
        label="Weed date, where a row has none",
        required=False,
        help_text="Left empty, such a row is rejected.",
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST_FILE:
            raise forms.ValidationError("The file is larger than 512 MB")
        return file

    def details(self) -> ImportDetails:
        """The choices as the service takes them; call it on a valid form."""
        cleaned = self.cleaned_data
        return ImportDetails(
            operation=ImportOperation(cleaned["operation"]),
            reason=cleaned["reason"],
            owner=cleaned["owner"],
            default_action=cleaned["default_action"],
            default_reason=cleaned["default_reason"],
            default_weed_at=cleaned["default_weed_at"],
        )


class MappingForm(forms.Form):
    """Which column of the file is which of the 16."""

    def __init__(
        self,
        *args: Any,
        header: Sequence[str],
        width: int,
        guess: Mapping[str, int],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        choices = [(_NOT_THERE, "Not in the file")] + [
            (str(place), _column(place, header)) for place in range(width)
        ]
        for name, label in FIELDS.items():
            self.fields[name] = forms.ChoiceField(
                label=label,
                choices=choices,
                initial=str(guess.get(name, _NOT_THERE)),
                error_messages={"required": f"Choose the column of: {label}"},
            )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("vrm") == _NOT_THERE:
            self.add_error("vrm", "Say which column holds the registration mark")
        return cleaned

    def columns(self) -> dict[str, int]:
        """The mapping as the service takes it; call it on a valid form."""
        return {
            name: int(place) for name, place in self.cleaned_data.items() if place != _NOT_THERE
        }


class ApplyForm(forms.Form):
    """The answer to a preview."""

    without_rejected = forms.BooleanField(label="Go on without the rejected lines", required=False)


def _column(place: int, header: Sequence[str]) -> str:
    name = header[place] if place < len(header) else ""
    return f"Column {place + 1}: {name}" if name else f"Column {place + 1}"
