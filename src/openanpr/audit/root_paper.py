"""The signed roots on paper: digits in groups that can be read out and typed."""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings

from openanpr.audit.roots import Root
from openanpr.papers import Facts, Heading, Notice, Paper, Rows, Text
from openanpr.web.dates import moment

_WHY = (
    "Each hour the end of the audit is signed. Keep this paper where nobody who runs the system "
    "can change it. A record that was rewritten, however completely, no longer passes through a "
    "root that stands here."
)
_HOW = (
    "To check an export: python3 verify/audit_check.py FILE --root ROW:HASH --key KEY, "
    "with the digits joined."
)


def as_paper(roots: Sequence[Root], *, force: str, at: datetime) -> Paper:
    """The paper of these roots, newest first; ``at`` with its zone."""
    keys = sorted({grouped(root.public_key) for root in roots})
    broken = [str(root.sequence) for root in roots if not root.holds()]
    rows = [
        (str(root.sequence), moment(root.made_at), grouped(root.hash), grouped(root.signature))
        for root in roots
    ]
    return Paper(
        title="Signed roots of the audit",
        force=force,
        reference=f"Audit row {roots[0].sequence}" if roots else "No root",
        made_at=at,
        marking=settings.SETTINGS.marking,
        blocks=[
            Text(_WHY),
            Text(_HOW),
            *([Notice(f"The signature does not hold: row {', '.join(broken)}.")] if broken else []),
            Heading("Keys"),
            Facts([("Key (Ed25519, public half)", key) for key in keys]),
            Heading("Roots"),
            Rows(
                header=("Row", "Signed", "Hash (SHA-256)", "Signature"),
                rows=rows,
                widths=(1, 2, 3.2, 4.2),
                fixed=(0, 2, 3),
            )
            if rows
            else Text("No root has been signed yet."),
        ],
    )


def grouped(value: bytes) -> str:
    """Hexadecimal digits in groups of eight."""
    digits = value.hex()
    return " ".join(digits[start : start + 8] for start in range(0, len(digits), 8))
