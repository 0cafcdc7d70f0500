"""Forms of complaints: the public's, and the desk's."""

import uuid
from datetime import datetime, timedelta
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError

from openanpr.complaints.services.receiving import Said
from openanpr.complaints.vocabulary import (
    ABOUT_NAMES,
    CHANNEL_NAMES,
    LINK_NAMES,
    OUTCOME_NAMES,
    About,
    Channel,
    LinkKind,
)
from openanpr.postbox.content import CheckedFile
from openanpr.postbox.fields import HINT, SentFileField
from openanpr.postbox.forms import PublicForm
from openanpr.vrm import InvalidVrm, normalise
from openanpr.web.fields import MomentField

_LONG: Final = 10_000
_SHORT: Final = 300
_OLDEST: Final = timedelta(days=366)
FILES: Final = ("file_1", "file_2", "file_3")


def _area(label: str, hint: str = "", *, rows: int = 6, **options: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=_LONG,
        widget=forms.Textarea(attrs={"rows": rows}),
        **options,
    )


class _Complaint(forms.Form):
    """What every complaint says, however it came."""

    about = forms.ChoiceField(
        label="What is it about?",
        choices=[(one.value, name) for one, name in ABOUT_NAMES.items()],
        widget=forms.RadioSelect,
    )
    text = _area("What happened?", "In your own words. Say who you spoke to, if you know", rows=8)
    happened = forms.CharField(
        label="When and where?",
        max_length=_SHORT,
        required=False,
        help_text="As well as you remember",
    )
    said_vrm = forms.CharField(
        label="Registration of the vehicle it is about",
        max_length=20,
        required=False,
        help_text=(
            "It helps us to understand. We do not look a vehicle up because it stands in a form"
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    wanted = _area("What would put it right?", rows=3, required=False)

    def said(self) -> Said:
        """The valid form as the service takes it."""
        values = self.cleaned_data
        return Said(
            about=About(values["about"]),
            text=values["text"],
            name=values["name"],
            contact=values["contact"],
            happened=values["happened"],
            said_vrm=values["said_vrm"],
            wanted=values["wanted"],
        )


class ComplaintForm(PublicForm, _Complaint):
    """The form for everybody."""

    name = forms.CharField(
        label="Your name",
        max_length=_SHORT,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    contact = forms.CharField(
        label="Where we can answer you",
        max_length=_SHORT,
        help_text="An e-mail address, a postal address or a telephone number",
    )
    file_1 = SentFileField(label="A file that shows what happened", required=False)
    file_2 = SentFileField(label="Another file", required=False, help_text="")
    file_3 = SentFileField(label="Another file", required=False, help_text="")

    field_order = (*("about", "text", "happened", "said_vrm", "wanted", *FILES, "name", "contact"),)

    def sent_files(self) -> list[CheckedFile]:
        """The files that came, each looked into."""
        return [one for name in FILES if (one := self.cleaned_data.get(name)) is not None]


class DeskComplaintForm(_Complaint):
    """What came by post, by telephone or at a counter, entered at the desk."""

    channel = forms.ChoiceField(
        label="How did it come?",
        choices=[(one.value, name) for one, name in CHANNEL_NAMES.items() if one != Channel.ONLINE],
        widget=forms.RadioSelect,
    )
    received_at = MomentField(
        label="When did it come?", help_text="The clocks run from then, not from now"
    )
    name = forms.CharField(label="Name of the complainant", max_length=_SHORT)
    contact = forms.CharField(
        label="Where they can be answered",
        max_length=_SHORT,
        help_text="An e-mail address, a postal address or a telephone number",
    )
    file_1 = SentFileField(label="The letter, or what came with it", required=False, help_text=HINT)

    field_order = (
        *("channel", "received_at", "about", "text", "happened", "said_vrm", "wanted"),
        *("name", "contact", "file_1"),
    )

    def __init__(self, *args: Any, at: datetime, **options: Any) -> None:
        super().__init__(*args, **options)
        self.at = at

    def clean_received_at(self) -> datetime:
        moment: datetime = self.cleaned_data["received_at"]
        if not self.at - _OLDEST <= moment <= self.at:
            raise ValidationError("Give the day it came: not ahead, at most a year ago", "range")
        return moment


class StepForm(forms.Form):
    """One step: why, how the letter went, and for an answer what was found and changed."""

    outcome = forms.ChoiceField(
        label="Outcome",
        choices=[(one.value, name) for one, name in OUTCOME_NAMES.items()],
        widget=forms.RadioSelect,
    )
    reason = _area("Reason")
    learning = _area(
        "What was changed, or learnt",
        "A record corrected, a list told, a rule or a training changed. The complainant reads it",
        rows=3,
        required=False,
    )
    sent = forms.ChoiceField(
        label="How did the letter go?",
        choices=[
            ("post", "By post"),
            ("email", "By e-mail"),
            ("hand", "By hand"),
            ("telephone", "Told by telephone, at their wish"),
        ],
        widget=forms.RadioSelect,
    )

    def __init__(
        self, *args: Any, evidence: frozenset[str], reason: str, hint: str, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.fields["reason"].label = reason
        self.fields["reason"].help_text = hint
        answering = "outcome" in evidence
        for name, asked in (
            ("outcome", answering),
            ("learning", answering),
            ("sent", "sent" in evidence),
            ("reason", bool(reason)),
        ):
            if not asked:
                del self.fields[name]

    def evidence(self) -> dict[str, str]:
        """What the step asks for beside its reason."""
        return {
            name: self.cleaned_data[name] for name in ("sent", "outcome") if name in self.fields
        }


class LinkForm(forms.Form):
    """What the complaint concerns, by reference."""

    kind = forms.ChoiceField(
        label="What it concerns",
        choices=[(one.value, name) for one, name in LINK_NAMES.items()],
        widget=forms.RadioSelect,
    )
    subject = forms.CharField(
        label="Its reference",
        max_length=80,
        help_text=(
            "The long reference from the officer's report or the auditor: 8-4-4-4-12 letters and "
            "numbers. A mark is not a reference"
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    why = _area("How you know that it is this one", rows=2)

    def clean_subject(self) -> uuid.UUID:
        try:
            return uuid.UUID(self.cleaned_data["subject"].strip())
        except ValueError:
            raise ValidationError(
                "Give the whole reference, such as 0190a6c2-7d1e-7b3a-9c55-2f4e8d1a0b77", "invalid"
            ) from None

    def link_kind(self) -> LinkKind:
        """The chosen kind."""
        return LinkKind(self.cleaned_data["kind"])


class CorrectionForm(forms.Form):
    """What the plate of a linked alert's read really says."""

    alert = forms.ChoiceField(label="The read of which alert", widget=forms.RadioSelect)
    says = forms.CharField(
        label="What the plate really says",
        max_length=20,
        required=False,
        help_text="As the officer's report or the picture that was sent shows it. Leave it empty "
        "where no mark can be read",
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    reason = _area("How you know", "No mark, name or place here", rows=3)

    def clean_says(self) -> str:
        text = self.cleaned_data["says"]
        try:
            return normalise(text) if text.strip() else ""
        except InvalidVrm as error:
            raise ValidationError("Give a registration mark, such as AB12 CDE", "mark") from error


class NoteForm(forms.Form):
    """A note to those who keep the list of a linked alert."""

    alert = forms.ChoiceField(label="About which alert", widget=forms.RadioSelect)
    text = _area(
        "What they should know",
        "Such as: the vehicle was found and returned in May; the entry is still there. No names",
        rows=4,
    )


class NoteAnswerForm(forms.Form):
    """What was done about the list."""

    answer = _area("What was done", "Such as: the entry was withdrawn, and the source told", rows=3)


class LetterForm(forms.Form):
    """A new version of a letter's text."""

    body = _area("Text", rows=16)
    reason = forms.CharField(
        label="Why it is changed",
        max_length=500,
        required=False,
        help_text="Needed to put it in use; kept with the version and in the audit",
    )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if "publish" in self.data and not values.get("reason"):
            self.add_error("reason", "Say why the text is changed")
        return values


__all__ = [
    "FILES",
    "ComplaintForm",
    "CorrectionForm",
    "DeskComplaintForm",
    "LetterForm",
    "LinkForm",
    "NoteAnswerForm",
    "NoteForm",
    "StepForm",
]
