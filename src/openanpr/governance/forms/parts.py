"""The parts of a case as forms. What is left unfinished is kept as it was typed."""

from collections.abc import Mapping
from typing import Any, Final

from django import forms

from openanpr.governance.vocabulary import GROUND_NAMES, ROAD_NAMES, Ground
from openanpr.investigations.wording import says_something
from openanpr.web.fields import MomentField

YES_NO: Final = [("yes", "Yes"), ("no", "No")]


def sentences(
    label: str, hint: str = "", *, rows: int = 4, required: bool = True
) -> forms.CharField:
    """A text of some sentences."""
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=6000,
        required=required,
        validators=[says_something],
        widget=forms.Textarea(attrs={"rows": rows}),
    )


def yes_or_no(label: str, hint: str = "") -> forms.ChoiceField:
    """A question that is answered by yes or no."""
    return forms.ChoiceField(label=label, help_text=hint, choices=YES_NO, widget=forms.RadioSelect)


class PlaceForm(forms.Form):
    """The kind of place, the view, and for how long."""

    road = forms.ChoiceField(
        label="Kind of road or place",
        choices=[(road.value, name) for road, name in ROAD_NAMES.items()],
        widget=forms.RadioSelect,
    )
    view = sentences(
        "What comes into view besides the traffic",
        "Homes, footways, entrances. Name no address: the exact place stands in the register.",
    )
    why_here = sentences("Why here and not elsewhere", "And why fewer cameras would not do")
    deployment = forms.ChoiceField(
        label="For how long",
        choices=[
            ("lasting", "Lasting, with a review at least each year"),
            ("temporary", "Temporary: it stops by itself on a day that is set now"),
        ],
        widget=forms.RadioSelect,
    )
    ends_at = MomentField(label="A temporary deployment ends", required=False)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if values.get("deployment") == "temporary" and not values.get("ends_at"):
            self.add_error("ends_at", "Say when the temporary deployment ends")
        return values


class NeedForm(forms.Form):
    """The grounds that are claimed, each with its own words."""

    grounds = forms.MultipleChoiceField(
        label="Grounds",
        help_text="Tick those that this camera is needed for, and say why under each",
        choices=[(ground.value, name) for ground, name in GROUND_NAMES.items()],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Tick at least one ground"},
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for ground, name in GROUND_NAMES.items():
            self.fields[said_of(ground)] = sentences(
                name, "The need, in figures where there are any", required=False
            )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        for ground in values.get("grounds", ()):
            if (
                not values.get(said_of(Ground(ground)))
                and said_of(Ground(ground)) not in self.errors
            ):
                self.add_error(said_of(Ground(ground)), "Say why, for a ground that is ticked")
        return values


class OverlapForm(forms.Form):
    """What the author says of the cameras that are there already."""

    overlap = sentences(
        "Why the cameras that are there already do not do",
        "Among them those of councils and neighbouring forces",
    )
    gap = sentences("Which gap this closes")


class ScreeningForm(forms.Form):
    """The questions that say whether a full assessment is needed."""

    new_people = yes_or_no(
        "Will it record people who are not recorded there now?",
        "Drivers and passengers on a road without a camera, for example",
    )
    sensitive = yes_or_no(
        "Is there a place nearby where being seen says something private?",
        "Worship, health, law, schools, protest",
    )
    combined = yes_or_no("Will what it records be combined with other data in a new way?")
    others = yes_or_no("Will somebody receive it who does not receive it from other cameras?")
    intrusive = yes_or_no("Might people find it intrusive, or change how they live because of it?")
    why = sentences("Why, in your own words")


class AssessmentForm(forms.Form):
    """The full privacy impact assessment."""

    flows = sentences("What is recorded, and where it goes")
    necessity = sentences("Why it is necessary", "Why nothing less intrusive would do")
    proportionality = sentences("Why it is proportionate", "To the number of people recorded")
    risks = sentences("The risks to people", "One a line", rows=6)
    mitigations = sentences("What is done about each of them", "One a line", rows=6)
    residual = forms.ChoiceField(
        label="The risk that remains",
        choices=[("low", "Low"), ("medium", "Medium"), ("high", "High")],
        widget=forms.RadioSelect,
    )
    accepted = sentences("Why what remains can be accepted")


class ConsultationForm(forms.Form):
    """Whom to consult; or why consulting would defeat the purpose."""

    asks = forms.ChoiceField(
        label="Are people consulted?",
        choices=[
            ("yes", "Yes"),
            ("no", "No: it would defeat the purpose"),
        ],
        widget=forms.RadioSelect,
    )
    interested = sentences(
        "Who has a reasonable interest, and how they are asked",
        "Residents, businesses, councillors, groups that speak for them",
        required=False,
    )
    why_not = sentences("Why consulting would defeat the purpose", required=False)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        wanted = {"yes": "interested", "no": "why_not"}.get(values.get("asks", ""))
        if wanted and not values.get(wanted) and wanted not in self.errors:
            self.add_error(wanted, "Say it in a few words")
        return values


class PublicForm(forms.Form):
    """What the public is told: area and purpose, never the place."""

    area = forms.CharField(
        label="Area",
        help_text="As wide as the areas of the register. No road, no landmark, no postcode.",
        max_length=120,
    )
    purpose = sentences("Purpose", "In plain words")
    summary = sentences("What people should know", "What is recorded, how long, who may look")


class OutcomeForm(forms.Form):
    """What the consultation brought."""

    said = sentences("What was said", "The main points, for and against, and how many made them")
    changed = sentences("What was changed because of it", "Or why nothing was")


PART_FORMS: Final[Mapping[str, type[forms.Form]]] = {
    "place": PlaceForm,
    "need": NeedForm,
    "overlap": OverlapForm,
    "screening": ScreeningForm,
    "assessment": AssessmentForm,
    "consultation": ConsultationForm,
    "public": PublicForm,
    "outcome": OutcomeForm,
}


def said_of(ground: Ground) -> str:
    """The name of the field that holds the words on a ground."""
    return f"said_{ground.value.replace('-', '_')}"


def typed(form: forms.Form) -> dict[str, Any]:
    """What stands in the fields of a bound form, as it was typed, fit for JSON."""
    return {
        name: field.widget.value_from_datadict(form.data, form.files, form.add_prefix(name))
        for name, field in form.fields.items()
    }
