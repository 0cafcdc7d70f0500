"""What the audit says about profiles."""

from openanpr.audit.events import EventKind, register

register(
    EventKind(
        verb="profile.install",
        sentence=(
            "{actor} put the profile {subject} in force from {takes_effect_at}, "
            "proposed by {proposed_by} and approved by {approved_by}: {reason}."
        ),
        payload={
            "takes_effect_at": "moment from which decisions are made under it",
            "proposed_by": "person id",
            "approved_by": "person id",
            "digest": "SHA-256 of the table",
        },
    ),
)
