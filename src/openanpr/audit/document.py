"""``docs/audit-events.md``, made from the register of verbs. A test fails when it is stale."""

import os
from pathlib import Path
from typing import Final

import django

from openanpr.audit.canonical import FIELDS
from openanpr.audit.events import EventKind, all_kinds

PAGE: Final = Path("docs/audit-events.md")
_HEAD: Final = """\
# What the audit records

One row for every act: who, in which role, what, about what, for which investigation, why, what was
decided and for which reasons, under which version of the profile, from where, and the data below. A
refusal is a row like any other. Rows are chained (`docs/adr/0010-audit-chain.md`); nobody changes
or deletes one. The sentence is how pages show a row; it can be worded better without rewriting
history. This page is generated (`python -m openanpr.audit.document`).

Fields of every row, in the order of hashing: {fields}. Beside them: `sequence`, `salt`,
`previous_hash`, `hash`.
"""


def events_page() -> str:
    """The page as Markdown."""
    fields = ", ".join(f"`{name}`" for name in FIELDS)
    return _HEAD.format(fields=fields) + "".join(_section(kind) for kind in all_kinds())


def _section(kind: EventKind) -> str:
    lines = ["", f"## `{kind.verb}`", "", f"> {kind.sentence}", ""]
    lines += [f"- `{name}`: {meaning}" for name, meaning in kind.payload.items()]
    return "\n".join(lines if kind.payload else lines[:-1]) + "\n"


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "openanpr.config.settings.owner")
    django.setup()
    PAGE.write_text(events_page(), encoding="utf-8")
