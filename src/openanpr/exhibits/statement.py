"""A draft witness statement: what the system can say of an exhibit, for a person to complete.

Nothing of it is a statement until that person has checked every line and signed it.
"""

from datetime import datetime

from openanpr.exhibits.content import LIMITS, Content, shown
from openanpr.exhibits.jurisdictions import Form
from openanpr.exhibits.report import watermark_of
from openanpr.papers import Bullets, Facts, Heading, Notice, Paper, Rows, Text
from openanpr.vrm import display


def statement_of(content: Content, form: Form) -> Paper:
    """The draft, in the form of the jurisdiction."""
    return Paper(
        title=form.statement,
        subtitle=f"{form.title}: {form.under}",
        force=content.force,
        reference=f"Draft for {content.reference}",
        made_at=datetime.fromisoformat(content.made_at),
        marking=content.marking,
        watermark=f"DRAFT {watermark_of(content)}"[:60],
        blocks=[
            Notice(
                "Draft made by the system. Complete what stands in square brackets, strike out "
                "what you cannot say of your own knowledge, and sign nothing you have not checked."
            ),
            Facts(
                [
                    ("Statement of", f"{content.maker}, {content.maker_rank}"),
                    ("Age", "[over 18, or age]"),
                    ("Occupation", f"[police officer or staff], {content.maker_unit}"),
                    ("For", f"{form.prosecutor}, {content.investigation}"),
                ]
            ),
            Text(form.declaration),
            Text("Signed: [ ]    Date: [ ]"),
            *_words(content),
            Heading("What a read does and does not show"),
            Bullets(list(LIMITS)),
            Text("Signed: [ ]    Witnessed by: [ ]"),
        ],
    )


def _words(content: Content) -> list[Heading | Text | Rows]:
    trained = shown(content.trained_until)[:10] or "[no training is on record]"
    places = "" if content.exact else " Places are given by area; exact sites are withheld."
    rows = [
        [
            shown(one.line.captured_at),
            display(one.line.mark),
            one.line.site or one.line.area,
            "[yes/no]",
        ]
        for one in content.reads
    ]
    return [
        Heading("Who I am"),
        Text(
            f"I am {content.maker}, {content.maker_rank}, of {content.maker_unit}, "
            f"{content.force}. [My experience with number plate recognition is ....] My training "
            f"for the system is valid until {trained}."
        ),
        Heading("What the system is"),
        Text(
            "Cameras take pictures of passing vehicles. A program reads the number plate in the "
            "picture and stores the mark that it takes the plate to bear, with time, camera and "
            "pictures. [What I can say of its upkeep and of checks of its accuracy is ....]"
        ),
        Heading("What I did"),
        Text(
            f"For investigation {content.investigation} I searched for {content.asked}, captured "
            f"from {shown(content.captured_from)} to {shown(content.captured_to)} (UTC), under the "
            f"access profile {content.profile}. " + " ".join(content.allowed)
        ),
        Text(
            f"I produce {content.reference}, a pack of {len(content.reads)} reads, made "
            f"{shown(content.made_at)} (UTC). Its manifest lists the SHA-256 of each file and "
            f"is signed. The making is row {content.export} of the audit.{places}"
        ),
        Heading("The reads"),
        Rows(
            ["Captured (UTC)", "Mark", "Place", "I compared the picture with the mark"],
            rows,
            widths=(2.4, 1.5, 2.5, 2),
            fixed=(0, 1),
        ),
        Text(
            "[Where picture and mark differ, say for each read what I see.] "
            "[What I found that points another way, and where it is recorded for "
            f"{content.disclosure_body}, is ....]"
        ),
    ]
