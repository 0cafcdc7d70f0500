"""A paper as a whole: what stands on its first page and on the edge of every page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from openanpr.papers.blocks import Block


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A paper to be printed.

    ``made_at`` carries its time zone and is the date in the file too: the same paper made again
    is the same bytes. ``marking`` (such as OFFICIAL-SENSITIVE) stands at the head and foot of each
    page, ``reference`` and the page number at the foot, ``watermark`` across each page.
    """

    title: str
    force: str
    reference: str
    made_at: datetime
    blocks: Sequence[Block]
    subtitle: str = ""
    marking: str = ""
    watermark: str = ""
    language: str = "en"
