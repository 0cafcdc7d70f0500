"""Forms of the desk where the public text is edited."""

from django import forms

from openanpr.public.pages import LANGUAGES


class TextForm(forms.Form):
    """A new version of a page's text."""

    language = forms.ChoiceField(choices=list(LANGUAGES.items()), widget=forms.HiddenInput)
    title = forms.CharField(
        label="Title",
        max_length=120,
        required=False,
        help_text="Empty: the title that comes with the product, in English",
    )
    body = forms.CharField(
        label="Text",
        max_length=20_000,
        help_text=(
            "Markdown. Start a heading with ##, a list item with -, and write a link as "
            "[text](address). {force} becomes the force's name."
        ),
        widget=forms.Textarea(attrs={"rows": 18}),
    )
    reason = forms.CharField(
        label="Why it is changed",
        max_length=500,
        required=False,
        help_text="Needed to publish; kept with the version and in the audit",
    )

    def clean(self) -> dict[str, object]:
        values = super().clean() or self.cleaned_data
        if "publish" in self.data and not values.get("reason"):
            self.add_error("reason", "Say why the text is changed")
        return values
