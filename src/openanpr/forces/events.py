"""Audit verbs of forces and units."""

from openanpr.audit.events import EventKind, register

register(
    EventKind(
        verb="force.create",
        sentence="{actor} added {subject}, {name}.",
        payload={"name": "name of the force"},
    ),
    EventKind(
        verb="unit.create",
        sentence="{actor} added {subject}, which works in {area}.",
        payload={"area": "alert area of the unit"},
    ),
)
