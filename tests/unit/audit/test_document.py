"""The page of audit verbs says what the register says."""

from pathlib import Path

from openanpr.audit.document import PAGE, events_page


def test_the_page_is_not_stale():
    page = Path(__file__).parents[3] / PAGE
    assert page.read_text(encoding="utf-8") == events_page(), (
        "write it anew: python -m openanpr.audit.document"
    )
