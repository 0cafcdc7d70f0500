"""What an officer answers about an alert."""

from django import forms

from openanpr.alerts.vocabulary import OUTCOME_NAMES


class CheckForm(forms.Form):
    """Does the picture show this mark?"""

    says_same = forms.TypedChoiceField(
        label="Does the picture show this mark?",
        choices=[("yes", "Yes"), ("no", "No")],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether the picture shows this mark"},
    )


class OutcomeForm(forms.Form):
    """What came of it."""

    outcome = forms.ChoiceField(
        label="Outcome",
        choices=[(outcome.value, name) for outcome, name in OUTCOME_NAMES.items()],
        widget=forms.RadioSelect,
        error_messages={
            "required": "Say what came of it",
            "invalid_choice": "Say what came of it",
        },
    )
    note = forms.CharField(
        label="Note",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Needed for “Other”.",
    )
