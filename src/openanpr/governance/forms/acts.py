"""Forms of what is done with a case: opened, evidenced, signed off, consulted on, decided."""

from datetime import datetime, timedelta
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError

from openanpr.cameras.models import Camera
from openanpr.governance.files import MOST_BYTES, FileProblem, kind_of
from openanpr.governance.forms.parts import sentences
from openanpr.governance.vocabulary import CHANNEL_NAMES, RELEASE_NAMES, Channel, ReleaseLevel
from openanpr.web.fields import MomentField

LONGEST: Final = timedelta(days=366)


def _radio(label: str, choices: list[tuple[str, str]], hint: str = "") -> forms.ChoiceField:
    return forms.ChoiceField(label=label, help_text=hint, choices=choices, widget=forms.RadioSelect)


class NewCaseForm(forms.Form):
    """What a case is opened with."""

    title = forms.CharField(
        label="Title",
        max_length=120,
        help_text="For those who work on it; without the place",
    )
    reason = sentences("What gave rise to it")


class CamerasForm(forms.Form):
    """Which cameras of the register the case is for."""

    cameras = forms.MultipleChoiceField(
        label="Cameras", widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["cameras"]
        if isinstance(field, forms.MultipleChoiceField):
            field.choices = choices

    def camera_ids(self) -> frozenset[int]:
        """The ids that were ticked in a valid form."""
        return frozenset(int(number) for number in self.cleaned_data["cameras"])


def camera_choice(camera: Camera, name: str) -> tuple[str, str]:
    """A camera as one of the choices."""
    return str(camera.id), f"{name}, {camera.area_name} ({camera.state})"


class EvidenceForm(forms.Form):
    """A file or a link, with its title."""

    title = forms.CharField(
        label="What it shows", max_length=200, help_text="Figures, not people: no name and no mark"
    )
    link = forms.URLField(
        label="Link",
        required=False,
        max_length=1000,
        assume_scheme="https",
        help_text="To a published page; the file itself is better",
    )
    file = forms.FileField(
        label="File",
        required=False,
        help_text=f"PDF, picture, CSV, text, office file; at most {MOST_BYTES // 1_000_000} MB",
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file is not None:
            try:
                self.file_kind = kind_of(file)
            except FileProblem as problem:
                raise ValidationError(str(problem), code="file") from problem
        return file

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        both = bool(values.get("link")) + bool(values.get("file"))
        if not self.errors and both != 1:
            raise ValidationError("Give either a link or a file", code="one")
        return values


class SignOffForm(forms.Form):
    """The data protection officer's word."""

    agrees = _radio(
        "Is the assessment sound, and is enough done about the risks?",
        [("yes", "Yes, it is signed off"), ("no", "No, and the advice says what is missing")],
    )
    advice = sentences("Advice", "Kept with the case; whoever decides it reads this")


class OpenConsultationForm(forms.Form):
    """Until when replies are taken."""

    until = MomentField(label="Replies until", help_text="Two weeks or more from now")
    reason = sentences("How people are told of it")

    def __init__(self, *args: Any, at: datetime, **options: Any) -> None:
        super().__init__(*args, **options)
        self.at = at

    def clean_until(self) -> datetime:
        moment: datetime = self.cleaned_data["until"]
        if not self.at + timedelta(days=14) <= moment <= self.at + LONGEST:
            raise ValidationError("Leave people two weeks at least, a year at most", code="range")
        return moment


class ConsulteeForm(forms.Form):
    """Somebody who is asked."""

    who = forms.CharField(label="Name", max_length=200)
    organisation = forms.CharField(label="Organisation", max_length=200, required=False)
    interest = forms.CharField(label="Their interest", max_length=500)
    how = forms.CharField(
        label="How they are asked", max_length=500, help_text="Letter, meeting, e-mail; when"
    )
    link = forms.BooleanField(
        label="Make a personal page for them",
        required=False,
        help_text="With as much of the place as was released; ends with the consultation",
    )


class ReplyForm(forms.Form):
    """A reply that came by another way than a page."""

    channel = _radio(
        "How it came",
        [
            (channel.value, name)
            for channel, name in CHANNEL_NAMES.items()
            if channel not in {Channel.PERSONAL_PAGE, Channel.PUBLIC_PAGE}
        ],
    )
    who = forms.CharField(label="From", max_length=200, required=False)
    words = forms.CharField(
        label="What was said", max_length=6000, widget=forms.Textarea(attrs={"rows": 6})
    )


class OwnReplyForm(forms.Form):
    """A reply on a personal page."""

    words = forms.CharField(
        label="Your reply",
        max_length=6000,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": "Write your reply"},
    )


class ReleaseForm(forms.Form):
    """How much of the place named consultees are told."""

    level = _radio("What they are told", [(one.value, name) for one, name in RELEASE_NAMES.items()])
    words = forms.CharField(
        label="Description",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Needed for a description in words",
    )
    reason = sentences("Why so much and no more")

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if values.get("level") == ReleaseLevel.WORDS and not values.get("words"):
            self.add_error("words", "Write the description")
        return values


class ReasonForm(forms.Form):
    """Why a case is moved on."""

    reason = sentences("Reason", "Kept with the case and in the audit")


class DecisionForm(forms.Form):
    """Yes, no, or back to its author."""

    answer = _radio(
        "Decision",
        [
            ("approve", "Approve: the cameras may collect"),
            ("refuse", "Refuse"),
            ("send-back", "Send it back to be worked on"),
        ],
    )
    reason = sentences("Reasons", "Why the need outweighs what it costs people, or does not")
    conditions = forms.CharField(
        label="Conditions",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    review_at = MomentField(
        label="Review by",
        required=False,
        help_text="For an approval. The cameras stop on that day unless the review is done.",
    )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        missing = not values.get("review_at") and "review_at" not in self.errors
        if values.get("answer") == "approve" and missing:
            self.add_error("review_at", "Say by when it is reviewed")
        return values
