"""What the audit says about the public's post."""

from openanpr.audit.events import EventKind, register

register(
    EventKind(
        verb="postbox.clear",
        sentence="{actor} removed {files} files of cases that were closed long enough ago.",
        payload={"files": "how many"},
    ),
)
