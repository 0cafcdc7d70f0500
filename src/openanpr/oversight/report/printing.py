"""The report as a paper (PDF) and as a table (CSV)."""

import csv
import io
from datetime import datetime
from typing import Final

from openanpr.oversight.months import Month
from openanpr.oversight.report.figures import Section, digest_of
from openanpr.papers import Facts, Heading, Notice, Paper, Rows, Text, to_pdf

_ABOUT: Final = (
    "Every figure is counted from rows of the audit chain that fall in the month, by the force's "
    "clock. Rows never change, so the month can be made again at any time and gives these figures. "
    "They are for the chief officer: small numbers stand as they are. Where a median would be "
    "the figure of a few people it is not given."
)
_DRAFT: Final = "The month is not over. These figures are a draft and are not kept."
_DANGEROUS: Final = ("=", "+", "-", "@", "\t", "\r")


def as_pdf(
    month: Month, sections: tuple[Section, ...], *, force: str, marking: str, draft: bool
) -> bytes:
    """The paper. It is dated at the month's end: made again it is the same bytes."""
    blocks: list[Heading | Text | Notice | Facts | Rows] = [Text(_ABOUT)]
    if draft:
        blocks.append(Notice(_DRAFT))
    for section in sections:
        blocks.append(Heading(section.title))
        long = [line for line in section.lines if len(line.value) > 40]
        rows = [(one.what, one.detail, one.value) for one in section.lines if one not in long]
        if rows:
            blocks.append(
                Rows(("What", "Of which", "Figure"), rows, section.title, widths=(5, 5, 2))
            )
        if long:
            blocks.append(Facts([(f"{one.what}, {one.detail}", one.value) for one in long]))
        if not section.lines:
            blocks.append(Text("Nothing."))
    paper = Paper(
        title="ANPR: monthly report to the chief officer",
        subtitle=month.name,
        force=force,
        reference=f"ANPR-{month} {digest_of(sections)[:12]}",
        made_at=month.end,
        blocks=blocks,
        marking=marking,
        watermark="DRAFT" if draft else "",
    )
    return to_pdf(paper)


def as_csv(month: Month, sections: tuple[Section, ...], *, made_at: datetime) -> str:
    """The same as a table; its first line names the month and the digest of the figures."""
    out = io.StringIO()
    write = csv.writer(out)
    write.writerow(["month", "section", "what", "detail", "value"])
    for section in sections:
        for line in section.lines:
            cells = (section.title, line.what, line.detail, line.value)
            write.writerow([str(month), *map(_plain, cells)])
    write.writerow([str(month), "Report", "Digest", "SHA-256", digest_of(sections)])
    write.writerow([str(month), "Report", "Made", "at", made_at.isoformat(timespec="seconds")])
    return out.getvalue()


def _plain(cell: str) -> str:
    """No cell begins as a formula does."""
    return f"'{cell}" if cell.startswith(_DANGEROUS) else cell
