"""Form fields that Django lacks: a moment of the force's time, typed in parts."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from openanpr.web.dates import force_zone, local


class MomentWidget(forms.MultiWidget):
    """Day, month, year and time of day, each typed: quicker and surer than a picker."""

    parts = ("day", "month", "year", "time")

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({part: forms.TextInput() for part in self.parts}, attrs)

    def decompress(self, value: datetime | None) -> list[str]:
        if value is None:
            return ["", "", "", ""]
        shown = local(value)
        return [str(shown.day), str(shown.month), str(shown.year), f"{shown:%H:%M}"]


class MomentField(forms.MultiValueField):
    """An instant, typed as day, month, year and time in the force's zone; cleaned to aware UTC.

    A time that a clock change skips is refused. One that happens twice means its first passing, or
    the second with ``second_passing`` (for the end of a period, so that nothing is left out).
    """

    widget = MomentWidget

    def __init__(self, *, second_passing: bool = False, **kwargs: Any) -> None:
        self.second_passing = second_passing
        words = {"incomplete": "Give day, month, year and time"}
        super().__init__(
            fields=tuple(forms.CharField(max_length=8, required=False) for _ in MomentWidget.parts),
            require_all_fields=False,
            error_messages={**words, **kwargs.pop("error_messages", {})},
            **kwargs,
        )

    def compress(self, values: Sequence[str]) -> datetime | None:
        if not values or not any(values):
            return None
        if not all(values):
            raise ValidationError(self.error_messages["incomplete"], code="incomplete")
        try:
            wanted = datetime.combine(
                date(int(values[2]), int(values[1]), int(values[0])), _time_of_day(values[3])
            )
        except ValueError as error:
            text = "Give a real date, and a time such as 14:05"
            raise ValidationError(text, code="invalid") from error
        return self._instant(wanted)

    def _instant(self, wanted: datetime) -> datetime:
        zone = force_zone()
        moment = wanted.replace(tzinfo=zone, fold=int(self.second_passing)).astimezone(UTC)
        if moment.astimezone(zone).replace(tzinfo=None) != wanted:
            text = "That time did not happen: the clocks went forward over it"
            raise ValidationError(text, code="skipped")
        return moment


def _time_of_day(text: str) -> time:
    hours, _, minutes = text.replace(".", ":").partition(":")
    if not minutes and len(hours) == len("1405"):
        hours, minutes = hours[:2], hours[2:]
    return time(int(hours), int(minutes or 0))
