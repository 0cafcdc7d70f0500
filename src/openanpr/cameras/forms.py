"""Forms of the camera register."""

from django import forms


class ReasonForm(forms.Form):
    """Why a camera's state is changed."""

    reason = forms.CharField(
        label="Reason",
        help_text="Kept with the camera and in the audit. Name no vehicle or person.",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Give the reason"},
    )
