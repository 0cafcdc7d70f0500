"""The form field of a file that somebody sends."""

from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from openanpr.postbox.content import MAX_BYTES, CheckedFile, FileRefused, checked

ACCEPT: Final = "image/jpeg,image/png,application/pdf,text/plain"
HINT: Final = (
    "A picture (JPEG or PNG), a PDF or plain text, at most 8 MB. Of a picture we keep what can be "
    "seen, not what the telephone wrote into it"
)


class SentFileField(forms.FileField):
    """A file that was looked at: cleans to a ``CheckedFile``, or ``None`` where none was sent."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("help_text", HINT)
        options.setdefault("widget", forms.FileInput(attrs={"accept": ACCEPT}))
        super().__init__(**options)

    def clean(self, data: Any, initial: Any = None) -> CheckedFile | None:
        found = super().clean(data, initial)
        if not isinstance(found, UploadedFile):
            return None
        try:
            return checked(found.read(MAX_BYTES + 1), name=found.name or "")
        except FileRefused as refused:
            raise ValidationError(str(refused), code="refused") from None
