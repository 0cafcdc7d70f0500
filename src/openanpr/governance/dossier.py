"""The whole case as a paper: what a court, a commissioner or a successor would ask for."""

from collections.abc import Iterable
from datetime import datetime

from openanpr.audit.services import record_event
from openanpr.cameras.queries import name_of, place_of
from openanpr.forces.models import Force
from openanpr.governance import queries
from openanpr.governance.models import CameraCase
from openanpr.governance.overlaps import neighbours
from openanpr.governance.presenters import grounds_of, said
from openanpr.governance.services.steps import DECIDING, SIGNING, WRITING
from openanpr.governance.standing import PARTS, before_deciding
from openanpr.governance.vocabulary import (
    CHANNEL_NAMES,
    STATE_NAMES,
    CaseState,
    Channel,
)
from openanpr.investigations.services.author import Author
from openanpr.papers import Block, Bullets, Facts, Heading, Notice, Paper, Rows, Text
from openanpr.web.dates import day, local, moment


def dossier_of(case: CameraCase, *, author: Author, at: datetime) -> Paper:
    """The paper; places stand in it only for those who may know them. Audited before it is made."""
    with_location = author.actor.location_right
    record_event(
        verb="case.dossier",
        actor=author.acting(WRITING | SIGNING | DECIDING),
        at=at,
        subject=f"camera-case:{case.id}",
        payload={"case": case.reference, "places": with_location},
        **author.origin,
    )
    blocks: list[Block] = [
        Facts(
            [
                ("State", STATE_NAMES[CaseState(case.state)]),
                ("Opened", moment(case.opened_at)),
                ("Printed by", author.user.full_name),
            ]
        ),
        *([] if with_location else [Notice("Areas stand for places in this copy.")]),
        *_cameras(case, with_location=with_location),
        *_parts(case),
        *_around(case, author=author, at=at),
        *_evidence(case),
        *_consultation(case),
        *_decided(case, at=at),
        *_history(case),
    ]
    return Paper(
        title=f"The case for a camera: {case.title}",
        subtitle=case.reference,
        force=Force.objects.get(code=case.force_id).name,
        reference=case.reference,
        made_at=local(at),
        marking="OFFICIAL-SENSITIVE",
        blocks=blocks,
    )


def _cameras(case: CameraCase, *, with_location: bool) -> Iterable[Block]:
    yield Heading("Cameras")
    rows = []
    for camera in case.cameras.select_related("site", "patrol_vehicle").order_by("id"):
        place = place_of(camera, with_location=with_location)
        where = f"{place.area_name}: {place.site_name}" if place.site_name else place.area_name
        rows.append((name_of(camera, with_location=with_location), where, camera.direction))
    yield Rows(("Camera", "Place", "Direction"), rows) if rows else Text("None is named.")


def _parts(case: CameraCase) -> Iterable[Block]:
    parts = queries.newest_parts(case)
    for name, title in PARTS.items():
        lines = said(name, parts.get(name))
        if not lines:
            continue
        yield Heading(title)
        if name == "need":
            yield Facts(grounds_of(parts))
        for line in lines:
            yield Heading(line.question, 2)
            yield Text(line.answer)
        row = parts[name]
        yield Text(f"Version {row.sequence}, written {moment(row.at)} by {row.name}.")


def _around(case: CameraCase, *, author: Author, at: datetime) -> Iterable[Block]:
    found = neighbours(case, actor=author.actor, at=at)
    yield Heading("Cameras that are there already")
    if not found:
        yield Text("None in the same areas.")
        return
    yield Rows(
        ("Camera", "Area", "State", "Watched in 90 days"),
        [(one.name, one.area, one.state, one.watched) for one in found],
    )


def _evidence(case: CameraCase) -> Iterable[Block]:
    yield Heading("Evidence")
    rows = case.evidence.filter(removed_at=None).defer("content")
    listed = [(one.title, one.link or one.file_kind.upper(), one.sha256 or "-") for one in rows]
    yield (
        Rows(("What it shows", "Link or file", "SHA-256"), listed, fixed=(2,))
        if listed
        else Text("None is attached.")
    )


def _consultation(case: CameraCase) -> Iterable[Block]:
    yield Heading("Consultation")
    if case.consults_from is None or case.consults_until is None:
        yield Text("None was held.")
        return
    yield Text(f"Open from {day(case.consults_from)} to {day(case.consults_until)}.")
    asked = [
        (one.who, one.organisation, one.interest, one.how) for one in case.consultees.order_by("at")
    ]
    if asked:
        yield Rows(("Asked", "Organisation", "Interest", "How"), asked)
    for reply in case.replies.order_by("received_at"):
        who = reply.who or "Somebody who gave no name"
        channel = CHANNEL_NAMES[Channel(reply.channel)]
        yield Heading(f"{reply.reference}: {who}, {channel.lower()}, {day(reply.received_at)}", 2)
        yield Text(reply.words)


def _decided(case: CameraCase, *, at: datetime) -> Iterable[Block]:
    yield Heading("Privacy sign-off and decision")
    for one in case.sign_offs.order_by("id"):
        word = "signed off" if one.agrees else "not signed off"
        yield Text(f"{moment(one.at)}, {one.name}: {word}. {one.advice}")
    decision = case.decisions.order_by("-id").first()
    if decision is None:
        yield Text("No decision yet.")
        yield Bullets(before_deciding(queries.standing_of(case), at=at) or ("Nothing is open.",))
        return
    yield Facts(
        [
            ("Decision", "Approved" if decision.approved else "Refused"),
            ("By", f"{decision.name}, {decision.rank.replace('-', ' ')}"),
            ("When", moment(decision.at)),
            ("Reasons", decision.reason),
            ("Conditions", decision.conditions or "None"),
            ("Review by", moment(decision.review_due_at) if decision.review_due_at else "-"),
            ("Ends", moment(decision.ends_at) if decision.ends_at else "No end is set"),
            ("Rules", decision.profile),
        ]
    )


def _history(case: CameraCase) -> Iterable[Block]:
    yield Heading("History")
    yield Rows(
        ("When", "Who", "Move", "Reason"),
        [
            (moment(one.at), one.name, one.move, one.reason)
            for one in case.steps.order_by("sequence")
        ],
    )
