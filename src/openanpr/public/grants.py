"""The web process publishes texts and counts answers; no text is ever changed or removed."""

from typing import Final

GRANTS: Final[dict[str, dict[str, str]]] = {
    "public_text": {"openanpr_web": "SELECT, INSERT"},
    "public_page_answers": {"openanpr_web": "SELECT, INSERT, UPDATE"},
}
