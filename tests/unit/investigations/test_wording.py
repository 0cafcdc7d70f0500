"""A reason must say something."""

import pytest
from django.core.exceptions import ValidationError

from openanpr.investigations.wording import says_something


@pytest.mark.parametrize(
    "text",
    [
        "Seen near the burglary in Mill Lane",
        "Wanted for FX/26/4411, vehicle left the scene northbound",
        "Véhicule aperçu près du cambriolage",
    ],
)
def test_a_few_words_with_meaning_pass(text):
    says_something(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        "investigation",
        "aaaaaaaaaaaaaaaa bbbbbbbbbb cc",
        "test test test test test test test",
        "1234567890 1234567890 1234567890",
        "For police purposes",
        "..., ..., ... !!! ??? ---",
        "ab ab ab ab ab ab ab ab ab ab",
    ],
)
def test_what_says_nothing_is_refused(text):
    with pytest.raises(ValidationError, match="few words"):
        says_something(text)
