"""The page of settings says what the settings are."""

from pathlib import Path

from openanpr.config.document import PAGE, settings_page


def test_the_page_is_not_stale():
    page = Path(__file__).parents[3] / PAGE
    assert page.read_text(encoding="utf-8") == settings_page(), (
        "write it anew: python -m openanpr.config.document"
    )
