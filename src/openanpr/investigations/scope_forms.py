"""The form of an investigation's scope."""

from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError

from openanpr.investigations.forms import WHY
from openanpr.investigations.services.scope import InvestigationScope
from openanpr.investigations.wording import says_something
from openanpr.vrm import InvalidVrm, normalise
from openanpr.web.fields import MomentField

MOST: Final = 500


def _lines(label: str, hint: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false", "autocomplete": "off"}),
    )


class ScopeForm(forms.Form):
    """Marks, areas and captures; what is left empty bounds nothing."""

    vrms = _lines("Marks", "One a line. Leave empty for any mark")
    camera_areas = _lines("Areas", "One a line, as the results name them. Leave empty for any area")
    period_from = MomentField(label="Captures from", required=False)
    period_to = MomentField(label="Captures to", required=False, second_passing=True)
    reason = forms.CharField(
        label="Reason",
        help_text="Why the scope is this wide and no wider. The auditor reads it",
        max_length=WHY,
        validators=[says_something],
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean_vrms(self) -> frozenset[str] | None:
        try:
            return _some(normalise(line) for line in _written(self.cleaned_data["vrms"]))
        except InvalidVrm as error:
            raise ValidationError("One of these is not a registration mark") from error

    def clean_camera_areas(self) -> frozenset[str] | None:
        return _some(line.strip() for line in _written(self.cleaned_data["camera_areas"]))

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        start, end = values.get("period_from"), values.get("period_to")
        if start and end and not start < end:
            self.add_error("period_to", "The period must end after it begins")
        return values

    def scope(self) -> InvestigationScope:
        """The valid form."""
        values = self.cleaned_data
        names = ("vrms", "camera_areas", "period_from", "period_to")
        return InvestigationScope(**{name: values[name] for name in names})


def first_values(scope: InvestigationScope) -> dict[str, Any]:
    """What the form shows before it is changed."""
    return {
        "vrms": "\n".join(sorted(scope.vrms or ())),
        "camera_areas": "\n".join(sorted(scope.camera_areas or ())),
        "period_from": scope.period_from,
        "period_to": scope.period_to,
    }


def _written(text: str) -> list[str]:
    return [line for line in text.replace(",", "\n").splitlines() if line.strip()]


def _some(values: Any) -> frozenset[str] | None:
    found = frozenset(values)
    if len(found) > MOST:
        raise ValidationError(f"Give at most {MOST}")
    return found or None
