"""Papers: what the system prints for people to keep, as tagged PDF with its own plain look.

A `Paper` is data: a title, who made it and for whom, and blocks. No text in it is ever read as
markup, so a name or a reason can hold whatever a person typed.
"""

from openanpr.papers.blocks import (
    Block,
    Bullets,
    Drawing,
    Facts,
    Heading,
    NewPage,
    Notice,
    Photograph,
    Rows,
    Text,
)
from openanpr.papers.paper import Paper
from openanpr.papers.typesetting import PaperProblem, to_pdf, to_png

__all__ = [
    "Block",
    "Bullets",
    "Drawing",
    "Facts",
    "Heading",
    "NewPage",
    "Notice",
    "Paper",
    "PaperProblem",
    "Photograph",
    "Rows",
    "Text",
    "to_pdf",
    "to_png",
]
