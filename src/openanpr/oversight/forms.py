"""The filters of the auditor's list."""

from typing import Any, Final

from django import forms

from openanpr.audit.events import all_kinds
from openanpr.oversight.queries import KEPT_FROM_AUDITORS

_ANY: Final = ("", "Any")
DECISIONS: Final = [
    _ANY,
    ("deny", "Refused"),
    ("allow", "Allowed"),
    ("partial", "Allowed in part"),
]


def _day(label: str) -> forms.DateField:
    return forms.DateField(
        label=label, required=False, widget=forms.DateInput(attrs={"type": "date"})
    )


class FilterForm(forms.Form):
    """Which rows to show; everything may be left open."""

    verb = forms.ChoiceField(label="What was done", required=False)
    person = forms.CharField(
        label="Person",
        help_text="Name, user name or person id",
        required=False,
        max_length=120,
    )
    investigation = forms.CharField(
        label="Investigation", help_text="Its reference", required=False, max_length=60
    )
    decision = forms.ChoiceField(label="Decision", choices=DECISIONS, required=False)
    day_from = _day("From day")
    day_to = _day("To day")
    subject = forms.CharField(required=False, max_length=100, widget=forms.HiddenInput)
    before = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["verb"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [
                ("", "Anything but looking at the audit"),
                *(
                    (kind.verb, kind.verb)
                    for kind in all_kinds()
                    if not kind.verb.startswith(KEPT_FROM_AUDITORS)
                ),
            ]
