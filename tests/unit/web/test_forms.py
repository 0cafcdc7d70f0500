"""Django's fields drawn as GOV.UK components: labels, hints, errors, values."""

import re
from datetime import UTC, datetime

import pytest
from django import forms
from django.template import engines
from django.template.loader import render_to_string

from openanpr.web.fields import MomentField

COLOURS = [("r", "Red"), ("g", "Green")]


class EveryKind(forms.Form):
    name = forms.CharField(help_text="As on the warrant card")
    note = forms.CharField(widget=forms.Textarea, required=False)
    secret = forms.CharField(widget=forms.PasswordInput)
    colour = forms.ChoiceField(choices=COLOURS, widget=forms.RadioSelect)
    colours = forms.MultipleChoiceField(choices=COLOURS, widget=forms.CheckboxSelectMultiple)
    shade = forms.ChoiceField(choices=COLOURS)
    sure = forms.BooleanField(label="I looked at the picture")
    start = MomentField(label="From")
    place = forms.CharField(widget=forms.HiddenInput, required=False)


def draw(form: forms.Form) -> str:
    template = engines["jinja2"].env.from_string(
        '{% from "web/forms.html" import error_summary, fields, submit %}'
        '{{ error_summary(form) }}{{ fields(form) }}{{ submit("Save") }}'
    )
    return re.sub(r"\s+", " ", template.render(form=form))


def test_every_input_has_a_label_of_its_own():
    html = draw(EveryKind())
    inputs = re.findall(r'<(?:input|select|textarea)[^>]*\sid="([^"]+)"', html)
    labels = set(re.findall(r'<label[^>]*\sfor="([^"]+)"', html))
    assert len(inputs) == len(set(inputs))
    assert set(inputs) - labels == {"id_place"}, "only the hidden one has none"


def test_optional_fields_say_so_and_hints_are_tied_to_their_input():
    html = draw(EveryKind())
    assert "Note (optional)" in html
    assert 'aria-describedby="id_name-hint"' in html


def test_errors_stand_in_the_summary_and_lead_to_an_element_of_the_page():
    html = draw(EveryKind({}))
    summary = html[: html.index("govuk-form-group")]
    targets = re.findall(r'<a href="#([^"]+)"', summary)
    assert len(targets) == 7
    for target in targets:
        assert f'id="{target}"' in html, target
    assert 'aria-describedby="id_name-hint id_name-error"' in html


def test_a_missing_answer_is_named_even_where_the_form_has_no_words_for_it():
    html = draw(EveryKind({}))
    assert "Shade is needed" in html
    assert "From is needed" in html
    assert "This field is required" not in html


def test_what_was_typed_stays_and_is_escaped():
    html = draw(EveryKind({"name": '"><b>', "colour": "g", "colours": ["r"], "sure": "on"}))
    assert "&#34;&gt;&lt;b&gt;" in html
    assert '"><b>' not in html
    assert re.search(r'value="g" checked', html)
    assert re.search(r'name="colours" type="checkbox" value="r" checked', html)


def test_a_password_is_never_sent_back():
    assert "hunter2" not in draw(EveryKind({"secret": "hunter2"}))


def test_nothing_is_styled_or_scripted_inline():
    html = draw(EveryKind({}))
    assert not re.search(r'\s(style|on[a-z]+)="', html)


def moment(day, month, year, time, **kwargs):
    data = {"at_day": day, "at_month": month, "at_year": year, "at_time": time}

    class Form(forms.Form):
        at = MomentField(**kwargs)

    return Form(data)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (("1", "7", "2026", "14:05"), datetime(2026, 7, 1, 13, 5, tzinfo=UTC)),
        (("1", "7", "2026", "1405"), datetime(2026, 7, 1, 13, 5, tzinfo=UTC)),
        (("22", "11", "2026", "9.30"), datetime(2026, 11, 22, 9, 30, tzinfo=UTC)),
        (("22", "11", "2026", "9"), datetime(2026, 11, 22, 9, 0, tzinfo=UTC)),
    ],
)
def test_a_moment_is_typed_in_the_forces_time(typed, expected):
    form = moment(*typed)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["at"] == expected


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        (("31", "2", "2026", "10:00"), "Give a real date"),
        (("1", "2", "2026", "25:00"), "Give a real date"),
        (("x", "2", "2026", "10:00"), "Give a real date"),
        (("1", "2", "", "10:00"), "Give day, month, year and time"),
        (("29", "3", "2026", "01:30"), "did not happen"),
        (("", "", "", ""), "required"),
    ],
)
def test_a_moment_that_is_none_is_refused_in_words(typed, message):
    form = moment(*typed)
    assert not form.is_valid()
    assert message in str(form.errors)


def test_an_hour_that_passes_twice_means_the_first_unless_the_end_is_asked():
    typed = ("25", "10", "2026", "01:30")
    first, last = moment(*typed), moment(*typed, second_passing=True)
    assert first.is_valid()
    assert last.is_valid()
    assert first.cleaned_data["at"] == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert last.cleaned_data["at"] == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


def test_a_moment_shows_what_it_was_given():
    class Form(forms.Form):
        at = MomentField(initial=datetime(2026, 7, 1, 13, 5, tzinfo=UTC))

    html = draw(Form())
    assert re.search(r'name="at_time" type="text" value="14:05"', html)


def test_error_pages_need_no_request():
    assert "Page not found" in render_to_string("errors/404.html", {"reference": "r"})
