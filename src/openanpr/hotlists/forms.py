"""What a list manager fills in."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from openanpr.hotlists.services.entries import EntryDetails
from openanpr.hotlists.services.lists import ListDetails
from openanpr.hotlists.vocabulary import (
    ACTION_NAMES,
    KIND_NAMES,
    PRIORITY_NAMES,
    WARNING_MARKERS,
    EntryAction,
    ListKind,
    Priority,
)
from openanpr.vrm import InvalidVrm, normalise
from openanpr.web.fields import MomentField

_MARKING_HINT = "Such as OFFICIAL-SENSITIVE."


def _text(label: str, *, required: bool = True, hint: str = "", longest: int = 200) -> Any:
    return forms.CharField(
        label=label,
        required=required,
        max_length=longest,
        help_text=hint,
        error_messages={"required": f"Enter the {label.lower()}"},
    )


class MarkField(forms.CharField):
    """A registration mark, typed in any case and spacing; cleaned to its normal form."""

    def clean(self, value: Any) -> str:
        text: str = super().clean(value)
        try:
            return normalise(text)
        except InvalidVrm as problem:
            raise ValidationError(f"Enter a registration mark: {problem}") from problem


class ListForm(forms.Form):
    """A new list."""

    name = _text("Name")
    kind = forms.ChoiceField(
        label="Kind",
        choices=[(kind.value, name) for kind, name in KIND_NAMES.items()],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the kind of list"},
    )
    owner = _text("Owner", hint="Who answers for this list: name and post.")
    purpose = _text("Lawful purpose", longest=1000)
    source = _text("Source", hint="Where its entries come from.")
    priority = forms.ChoiceField(
        label="Priority",
        choices=[(str(int(one)), name) for one, name in PRIORITY_NAMES.items()],
        error_messages={"required": "Choose a priority"},
    )
    told_units = forms.MultipleChoiceField(
        label="Units told of every hit",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="None: the units of the camera's area are told.",
    )
    covert = forms.BooleanField(
        label="Covert: hits never reach a patrol, only the named units", required=False
    )
    second_person = forms.BooleanField(
        label="Each entry needs a second person to confirm it", required=False
    )
    review_at = MomentField(
        label="Review by",
        help_text="From then on the list stops matching until it is reviewed.",
        error_messages={"required": "Enter the review date"},
    )
    weed_at = MomentField(
        label="Weed date",
        help_text="The list ends then.",
        error_messages={"required": "Enter the weed date"},
    )

    def __init__(self, *args: Any, units: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["told_units"].choices = [(name, name) for name in units]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("covert") and not cleaned.get("told_units"):
            self.add_error("told_units", "A covert list must name the units that it tells")
        return cleaned

    def details(self, *, force: str) -> ListDetails:
        """The list as the service takes it; call it on a valid form."""
        cleaned = self.cleaned_data
        return ListDetails(
            name=cleaned["name"],
            kind=ListKind(cleaned["kind"]),
            owner_force=force,
            owner=cleaned["owner"],
            purpose=cleaned["purpose"],
            source=cleaned["source"],
            priority=Priority(int(cleaned["priority"])),
            review_at=cleaned["review_at"],
            weed_at=cleaned["weed_at"],
            covert=cleaned["covert"],
            second_person=cleaned["second_person"],
            told_units=tuple(cleaned["told_units"]),
        )


class EntryForm(forms.Form):
    """A new entry: nothing can be left out that an officer or an auditor needs."""

    vrm = MarkField(
        label="Registration mark",
        max_length=20,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "spellcheck": "false", "autocapitalize": "characters"}
        ),
        error_messages={"required": "Enter the registration mark"},
    )
    action = forms.ChoiceField(
        label="What the officer should do",
        choices=[(action.value, name) for action, name in ACTION_NAMES.items()],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what the officer should do"},
    )
    reason = _text("Reason", hint="Why this vehicle is looked for.", longest=500)
    warning_markers = forms.MultipleChoiceField(
        label="Warning markers",
        required=False,
        choices=list(WARNING_MARKERS.items()),
        widget=forms.CheckboxSelectMultiple,
    )
    information = forms.CharField(
        label="Information for the officer",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    make = _text("Make", required=False)
    model = _text("Model", required=False)
    colour = _text("Colour", required=False)
    force_area = _text("Force and area", required=False)
    reference = _text("Source reference", required=False)
    grading = _text("Grading", required=False, hint="Of the intelligence, by the 3x5x2 scheme.")
    marking = _text("Security marking", required=False, hint=_MARKING_HINT)
    owner = _text("Owner of this entry", hint="Who answers for it: name and post.")
    weed_at = MomentField(
        label="Weed date",
        help_text="The entry stops matching at that moment.",
        error_messages={"required": "Enter the weed date"},
    )
    covert = forms.BooleanField(
        label="Covert: hits never reach a patrol, only the units that the list names",
        required=False,
    )

    def details(self) -> EntryDetails:
        """The entry as the service takes it; call it on a valid form."""
        cleaned = self.cleaned_data
        return EntryDetails(
            vrm=cleaned["vrm"],
            action=EntryAction(cleaned["action"]),
            reason=cleaned["reason"],
            warning_markers=tuple(cleaned["warning_markers"]),
            information=cleaned["information"],
            make=cleaned["make"],
            model=cleaned["model"],
            colour=cleaned["colour"],
            force_area=cleaned["force_area"],
            reference=cleaned["reference"],
            grading=cleaned["grading"],
            marking=cleaned["marking"],
            owner=cleaned["owner"],
            weed_at=cleaned["weed_at"],
            covert=cleaned["covert"],
        )


class WithdrawForm(forms.Form):
    """The end of an entry."""

    reason = forms.CharField(
        label="Why is this entry withdrawn?",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say why the entry is withdrawn"},
    )


class ReviewForm(forms.Form):
    """Keeping a list for another term."""

    reason = forms.CharField(
        label="Why is this list still needed?",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say why the list is still needed"},
    )
    review_at = MomentField(
        label="Review again by", error_messages={"required": "Enter the next review date"}
    )
