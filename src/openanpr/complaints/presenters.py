"""A complaint as its page shows it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from openanpr.complaints import queries
from openanpr.complaints.flow import FLOW, MOVE_WORDS
from openanpr.complaints.models import Complaint
from openanpr.complaints.vocabulary import (
    ABOUT_NAMES,
    CHANNEL_NAMES,
    LETTER_NAMES,
    LINK_NAMES,
    OUTCOME_NAMES,
    STATE_NAMES,
    About,
    Channel,
    LinkKind,
    Outcome,
    State,
)
from openanpr.postbox.files import files_about


def shown_complaint(complaint: Complaint, moves: Sequence[str], *, at: datetime) -> dict[str, Any]:
    """What the template needs; ``moves`` are the steps that the reader may take."""
    steps = complaint.steps.select_related("user").order_by("sequence")
    return {
        "complaint": complaint,
        "about": ABOUT_NAMES[About(complaint.about)],
        "channel": CHANNEL_NAMES[Channel(complaint.channel)],
        "state": STATE_NAMES[State(complaint.state)],
        "outcome": OUTCOME_NAMES[Outcome(complaint.outcome)] if complaint.outcome else "",
        "late": complaint.due_at is not None and complaint.due_at <= at,
        "moves": [(name, MOVE_WORDS[name]) for name in moves],
        "steps": [(step, MOVE_WORDS[step.move]) for step in steps],
        "links": [(one, LINK_NAMES[LinkKind(one.kind)]) for one in queries.links_of(complaint)],
        "alerts": queries.linked_alerts(complaint),
        "notes": complaint.notes.select_related("user", "answered_by").order_by("at"),
        "files": files_about(f"{FLOW}:{complaint.id}"),
        "letters": list(LETTER_NAMES.items()),
    }
