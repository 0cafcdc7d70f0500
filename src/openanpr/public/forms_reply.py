"""The form of a reply to a consultation."""

from django import forms

from openanpr.postbox.forms import PublicForm


class ReplyForm(PublicForm):
    """What somebody thinks of a camera that is proposed. A name is welcome and not needed."""

    words = forms.CharField(
        label="What do you think?",
        help_text="What would it do for you or against you? What should we look at? Do not say "
        "where you think the camera will be: others may read this",
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    who = forms.CharField(
        label="Your name, or whom you speak for",
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    contact = forms.CharField(
        label="Where we can write to you",
        help_text="To tell you what was decided. An e-mail address or a postal address",
        max_length=300,
        required=False,
    )
