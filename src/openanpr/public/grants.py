"""The web process publishes texts and counts answers; no text is ever changed or removed.

Exact counts are reached by the publishing job alone, through one function."""

from typing import Final

GRANTS: Final[dict[str, dict[str, str]]] = {
    "public_text": {"openanpr_web": "SELECT, INSERT"},
    "public_page_answers": {"openanpr_web": "SELECT, INSERT, UPDATE"},
    "public_figure": {"openanpr_web": "SELECT", "openanpr_jobs": "SELECT, INSERT"},
}

FUNCTION_GRANTS: Final[dict[str, list[str]]] = {
    "public_counts(timestamptz, timestamptz)": ["openanpr_jobs"],
}
