"""What a list manager fills in."""

import calendar
from collections.abc import Sequence
from typing import Any

from django import forms

from openanpr.hotlists.services.entries import EntryDetails
from openanpr.hotlists.services.lists import NOT_IN_CARS, ListDetails
from openanpr.hotlists.vocabulary import (
    ACTION_NAMES,
    KIND_NAMES,
    MATCH_NAMES,
    PRIORITY_NAMES,
    WARNING_MARKERS,
    EntryAction,
    ListKind,
    MatchAs,
    Priority,
)
from openanpr.matching import Scope, Window
from openanpr.matching.scope import MINUTES_A_DAY
from openanpr.vrm import InvalidVrm, VrmPattern, normalise
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
    in_cars = forms.BooleanField(
        label="Patrol cars hold it, to match without the network",
        required=False,
        help_text="Entries that a patrol may see anyway, each by its own mark.",
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
        if cleaned.get("in_cars") and (cleaned.get("covert") or cleaned.get("told_units")):
            self.add_error("in_cars", NOT_IN_CARS)
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
            in_cars=cleaned["in_cars"],
        )


class EntryForm(forms.Form):
    """A new entry: nothing can be left out that an officer or an auditor needs."""

    vrm = forms.CharField(
        label="Registration mark",
        help_text="In a pattern, ? stands for one character and * for any run: AB?2*",
        max_length=20,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "spellcheck": "false", "autocapitalize": "characters"}
        ),
        error_messages={"required": "Enter the registration mark"},
    )
    match_as = forms.ChoiceField(
        label="Which marks does it stand for?",
        choices=[(one.value, name) for one, name in MATCH_NAMES.items()],
        initial=MatchAs.EXACT.value,
        widget=forms.RadioSelect,
        help_text="Anything but the mark itself needs a second person to confirm it.",
        error_messages={"required": "Choose which marks it stands for"},
    )
    least_weight = forms.FloatField(
        label="Least chance, in percent, of a mark near it",
        required=False,
        min_value=0,
        max_value=100,
        help_text="Of marks that cameras mistake for it: less likely ones raise no alert. "
        "Left empty: 1.",
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

    scope_areas = forms.MultipleChoiceField(
        label="Only in these areas",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="None: everywhere.",
    )
    scope_directions = forms.MultipleChoiceField(
        label="Only in these directions",
        required=False,
        choices=[("approaching", "Towards the camera"), ("departing", "Away from the camera")],
        widget=forms.CheckboxSelectMultiple,
    )
    scope_days = forms.MultipleChoiceField(
        label="Only on these days",
        required=False,
        choices=[(str(number), name) for number, name in enumerate(calendar.day_name)],
        widget=forms.CheckboxSelectMultiple,
    )
    scope_start = forms.TimeField(
        label="Only from", required=False, help_text="For example 22:00, in the force's time."
    )
    scope_end = forms.TimeField(
        label="Only until", required=False, help_text="Before the start: it goes on past midnight."
    )

    def __init__(self, *args: Any, areas: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["scope_areas"].choices = [(name, name) for name in areas]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        vrm = cleaned.get("vrm")
        if vrm:
            try:
                if cleaned.get("match_as") == MatchAs.PATTERN:
                    VrmPattern.parse(vrm)
                else:
                    cleaned["vrm"] = normalise(vrm)
            except InvalidVrm as problem:
                self.add_error("vrm", f"Enter a registration mark: {problem}")
        if (cleaned.get("scope_start") is None) != (cleaned.get("scope_end") is None):
            self.add_error("scope_end", "Enter both times, or neither")
        return cleaned

    def _scope(self) -> Scope:
        cleaned = self.cleaned_data
        start, end = cleaned["scope_start"], cleaned["scope_end"]
        days = tuple(map(int, cleaned["scope_days"]))
        window = Window(
            start=start.hour * 60 + start.minute if start else 0,
            end=end.hour * 60 + end.minute if end else MINUTES_A_DAY,
            days=days,
        )
        return Scope(
            areas=tuple(cleaned["scope_areas"]),
            directions=tuple(cleaned["scope_directions"]),
            times=(window,) if days or start else (),
        )

    def details(self) -> EntryDetails:
        """The entry as the service takes it; call it on a valid form."""
        cleaned = self.cleaned_data
        least = cleaned["least_weight"]
        return EntryDetails(
            match_as=MatchAs(cleaned["match_as"]),
            least_weight=(1.0 if least is None else least) / 100,
            scope=self._scope(),
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


class CarsForm(forms.Form):
    """Whether patrol cars hold a list."""

    in_cars = forms.ChoiceField(
        label="Do patrol cars hold this list?",
        choices=[("yes", "Yes, they match it without the network"), ("no", "No")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether patrol cars hold it"},
    )
    reason = forms.CharField(
        label="Why does this change?",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say why this changes"},
    )


class TransferForm(forms.Form):
    """Who answers for a list from now on."""

    owner = _text("New owner", hint="Who answers for this list: name and post.")
    reason = forms.CharField(
        label="Why does the owner change?",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say why the owner changes"},
    )
