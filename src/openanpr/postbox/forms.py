"""The form that anybody may send: its ticket, and the field that only programs fill in."""

import uuid
from datetime import datetime
from typing import Any, Final

from django import forms

from openanpr.postbox.tickets import Fault, Ticket, new_ticket, read_ticket, too_fast

TICKET: Final = "ticket"
TRAP: Final = "website"
_SENTENCES: Final = {
    Fault.FORGED: "This form had been open in another way than we know. Press the button again.",
    Fault.TOO_OLD: "This form had been open for more than a day. Look through what you wrote, and "
    "press the button again.",
    Fault.TOO_FAST: "That was quicker than a person types. Look through what you wrote, and press "
    "the button again.",
}
_TRAPPED: Final = "Leave the field “Website” empty. It is there to catch programs."


class PublicForm(forms.Form):
    """Base of every form that is sent without signing in.

    ``purpose`` names the kind of form; ``at`` is the moment of the request. Draw it with
    ``{{ ticket(form) }}`` of ``postbox/form.html``. What was typed is kept whatever is wrong.
    """

    def __init__(self, *args: Any, purpose: str, at: datetime, **options: Any) -> None:
        super().__init__(*args, **options)
        self.at = at
        self.purpose = purpose
        found = read_ticket(str(self.data.get(TICKET, "")), purpose, at=at)
        self._fault = found if isinstance(found, Fault) else None
        if isinstance(found, Ticket) and too_fast(found, at=at):
            self._fault = Fault.TOO_FAST
        self.ticket = found if isinstance(found, Ticket) else new_ticket(purpose, at=at)

    @property
    def form_id(self) -> uuid.UUID:
        """The id of what is made from this form: pressed twice, it is made once."""
        return self.ticket.id

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if self._fault is not None:
            self.add_error(None, _SENTENCES[self._fault])
        if str(self.data.get(TRAP, "")).strip():
            self.add_error(None, _TRAPPED)
        return values
