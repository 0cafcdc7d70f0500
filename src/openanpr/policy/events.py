"""What the audit says about profiles."""

from openanpr.audit.events import EventKind, register

_CHANGE = {
    "takes_effect_at": "moment from which decisions would be made under it",
    "digest": "SHA-256 of the table",
}

register(
    EventKind(
        verb="profile.propose",
        sentence=(
            "{actor} proposed the profile {subject} from {takes_effect_at} "
            "({decision}: {reasons}): {reason}."
        ),
        payload=_CHANGE,
    ),
    EventKind(
        verb="profile.confirm",
        sentence=(
            "{actor} confirmed the profile {subject} from {takes_effect_at} "
            "({decision}: {reasons}): {reason}."
        ),
        payload=_CHANGE,
    ),
    EventKind(
        verb="profile.decline",
        sentence="{actor} ended the proposal of {subject} ({outcome}): {reason}.",
        payload={"outcome": "refused, or withdrawn by who proposed it"},
    ),
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
