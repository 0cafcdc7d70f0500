"""What the audit says about those who look at it."""

from openanpr.audit.events import EventKind, register

register(
    EventKind(
        verb="audit.view",
        sentence="{actor} looked at the audit ({filters}; {rows} rows shown).",
        payload={"filters": "names of the filters that were set", "rows": "rows shown"},
    ),
)
