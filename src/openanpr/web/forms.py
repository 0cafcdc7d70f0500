"""Django's bound fields as parameters of the GOV.UK macros (``web/forms.html`` draws them)."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.widgets import Input

from openanpr.web.fields import MomentWidget

# Widget attributes that the macros take as parameters of their own.
_NAMED = ("autocomplete", "inputmode", "spellcheck", "rows", "pattern", "autocapitalize")
_DROPPED = ("class", "id", "required", "placeholder", "maxlength", "minlength", "aria-describedby")


@dataclass(frozen=True, slots=True)
class FieldParts:
    """Which macro draws a field, and with what."""

    kind: str
    params: dict[str, Any]


def error_list(form: forms.BaseForm) -> list[dict[str, str]]:
    """The items of the error summary: each links to the field it is about."""
    items: list[dict[str, str]] = [{"text": str(error)} for error in form.non_field_errors()]
    for name in form.fields:
        bound = form[name]
        items.extend({"text": text, "href": f"#{_first_id(bound)}"} for text in _errors(bound))
    return items


def field_parts(bound: BoundField) -> FieldParts:
    """Kind of macro and its parameters for ``bound``; an unknown widget is a text input."""
    widget = bound.field.widget
    if widget.is_hidden:
        return FieldParts("hidden", {"html": str(bound)})
    params = _shared(bound)
    if isinstance(widget, MomentWidget):
        return FieldParts("moment", _as_group(bound, params) | {"items": _moment_items(bound)})
    # Before the radios, of which Django makes it a kind.
    if isinstance(widget, forms.CheckboxSelectMultiple):
        return FieldParts("checkboxes", _as_group(bound, params) | {"items": _choices(bound)})
    if isinstance(widget, forms.RadioSelect):
        return FieldParts("radios", _as_group(bound, params) | {"items": _choices(bound)})
    if isinstance(widget, forms.CheckboxInput):
        return FieldParts("checkbox", _single_checkbox(bound, params))
    if isinstance(widget, forms.Select):
        return FieldParts("select", params | {"items": _choices(bound)})
    kind = _text_kind(widget)
    if kind in {"password", "file"}:
        params["value"] = ""  # a secret is never sent back, a file cannot be
    return FieldParts(kind, params | _text_attributes(widget))


def _shared(bound: BoundField) -> dict[str, Any]:
    params: dict[str, Any] = {
        "id": bound.id_for_label or bound.auto_id,
        "name": bound.html_name,
        "value": _text(bound.value()),
        "label": {"text": _label(bound), "classes": "govuk-label--s"},
    }
    if bound.help_text:
        params["hint"] = {"text": bound.help_text}
    if errors := _errors(bound):
        params["errorMessage"] = {"text": " ".join(errors)}
    return params


def _label(bound: BoundField) -> str:
    return str(bound.label) if bound.field.required else f"{bound.label} (optional)"


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _errors(bound: BoundField) -> list[str]:
    """The errors in words that say which field they mean, also where Django's own do not."""
    bare = forms.Field.default_error_messages["required"]
    named = f"{bound.label} is needed"
    return [named if error == bare else str(error) for error in bound.errors]


def _first_id(bound: BoundField) -> str:
    widget = bound.field.widget
    if isinstance(widget, MomentWidget):
        return f"{bound.auto_id}_day"
    return bound.auto_id


def _as_group(bound: BoundField, params: dict[str, Any]) -> dict[str, Any]:
    legend = {"text": _label(bound), "classes": "govuk-fieldset__legend--s"}
    rest = {key: value for key, value in params.items() if key not in {"label", "value"}}
    return rest | {"idPrefix": bound.auto_id, "fieldset": {"legend": legend}}


def _choices(bound: BoundField) -> list[dict[str, Any]]:
    value = bound.value()
    chosen = {str(one) for one in (value if isinstance(value, list | tuple | set) else [value])}
    field = bound.field
    choices = getattr(field, "choices", ())
    items = []
    for number, (key, text) in enumerate(choices):
        picked = _text(key) in chosen or (value is None and _text(key) == "")
        identity = bound.auto_id if number == 0 else f"{bound.auto_id}-{number + 1}"
        items.append(
            {"value": _text(key), "text": str(text), "checked": picked, "selected": picked}
            | {"id": identity}
        )
    return items


def _moment_items(bound: BoundField) -> list[dict[str, Any]]:
    widget = bound.field.widget
    assert isinstance(widget, MomentWidget)  # noqa: S101 - chosen by the caller
    value = bound.value()
    values = value if isinstance(value, list) else widget.decompress(value)
    words = {"day": "Day", "month": "Month", "year": "Year", "time": "Time"}
    return [
        {
            "id": f"{bound.auto_id}_{part}",
            "name": f"{bound.html_name}_{part}",
            "label": words[part],
            "value": _text(typed),
            "width": {"year": "4", "time": "5"}.get(part, "2"),
        }
        for part, typed in zip(widget.parts, values, strict=True)
    ]


def _single_checkbox(bound: BoundField, params: dict[str, Any]) -> dict[str, Any]:
    item = {
        "id": bound.auto_id,
        "value": "on",
        "text": str(bound.label),
        "checked": bool(bound.value()),
        "hint": params.get("hint"),
    }
    chosen = {key: params[key] for key in ("name", "errorMessage") if key in params}
    return chosen | {"idPrefix": bound.auto_id, "items": [item]}


def _text_kind(widget: forms.Widget) -> str:
    if isinstance(widget, forms.Textarea):
        return "textarea"
    if isinstance(widget, forms.PasswordInput):
        return "password"
    if isinstance(widget, forms.FileInput):
        return "file"
    return "input"


def _text_attributes(widget: forms.Widget) -> dict[str, Any]:
    params: dict[str, Any] = {
        key: value for key, value in widget.attrs.items() if key in _NAMED and value is not None
    }
    rest = {
        key: value
        for key, value in widget.attrs.items()
        if key not in _NAMED and key not in _DROPPED
    }
    if rest:
        params["attributes"] = rest
    if "class" in widget.attrs:
        params["classes"] = widget.attrs["class"]
    if isinstance(widget, Input) and not isinstance(widget, forms.FileInput):
        params["type"] = widget.input_type
    return params
