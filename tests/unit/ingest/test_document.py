"""The page of figures is as the figures are."""

from pathlib import Path

from openanpr.ingest.document import PAGE, metrics_page

ROOT = Path(__file__).parents[3]


def test_the_page_is_up_to_date() -> None:
    assert (ROOT / PAGE).read_text(encoding="utf-8") == metrics_page(), (
        "write it anew: python -m openanpr.ingest.document"
    )
