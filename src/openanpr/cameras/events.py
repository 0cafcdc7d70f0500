"""The audit verbs of the camera register."""

from openanpr.audit.events import EventKind, register

# Not its name, which names the place.
_KEY = "feed, source and number of the camera"

register(
    EventKind(
        verb="site.register",
        sentence="{actor} entered {subject} in the area {area}.",
        payload={"area": "the area that everybody may see"},
    ),
    EventKind(
        verb="vehicle.register",
        sentence="{actor} entered the police vehicle {callsign} ({subject}).",
        payload={"callsign": "the vehicle's call sign"},
    ),
    EventKind(
        verb="camera.register",
        sentence="{actor} entered camera {camera} ({subject}) as {state}: {reason}.",
        payload={"camera": _KEY, "state": "its first state"},
    ),
    EventKind(
        verb="camera.state",
        sentence="{actor} moved {subject} ({camera}) from {before} to {after}: {reason}.",
        payload={
            "camera": _KEY,
            "before": "state before",
            "after": "state after",
        },
    ),
)
