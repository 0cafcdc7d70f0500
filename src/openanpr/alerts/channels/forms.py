"""A new channel."""

from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.core.validators import validate_email

from openanpr.alerts.channels.vocabulary import KIND_NAMES, ChannelKind
from openanpr.hotlists.vocabulary import PRIORITY_NAMES


class ChannelForm(forms.Form):
    """Where alerts go, and from which priority."""

    name = forms.CharField(
        label="Name",
        max_length=80,
        help_text="Such as “Control room desk”.",
        error_messages={"required": "Give the channel a name"},
    )
    kind = forms.ChoiceField(
        label="What carries it",
        choices=[(kind.value, name) for kind, name in KIND_NAMES.items()],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what carries it"},
    )
    address = forms.CharField(
        label="Address",
        max_length=500,
        help_text="An https address for a webhook; an e-mail address for e-mail.",
        error_messages={"required": "Give the address"},
    )
    lowest_priority = forms.TypedChoiceField(
        label="Send alerts of this priority and above",
        choices=[(priority.value, name) for priority, name in PRIORITY_NAMES.items()],
        coerce=int,
        initial=2,
    )
    reminders = forms.BooleanField(
        label="Also tell it how much is overdue in the force, twice a day at most",
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """An address of the kind that was chosen."""
        cleaned: dict[str, Any] = super().clean() or {}
        kind, address = cleaned.get("kind"), cleaned.get("address", "")
        if kind == ChannelKind.WEBHOOK and not _is_web(address):
            self.add_error("address", "Give an address that begins with https://")
        if kind == ChannelKind.EMAIL and not _is_mail(address):
            self.add_error("address", "Give an e-mail address, such as desk@example.org")
        return cleaned


def _is_web(address: str) -> bool:
    try:
        parts = urlsplit(address)
        return parts.scheme in {"https", "http"} and bool(parts.hostname) and not parts.username
    except ValueError:
        return False


def _is_mail(address: str) -> bool:
    try:
        validate_email(address)
    except forms.ValidationError:
        return False
    return True
