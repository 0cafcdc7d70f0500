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
    EventKind(
        verb="register.import",
        sentence="{actor} entered or changed {lines} cameras of a register: {reason}.",
        payload={"lines": "how many"},
    ),
    EventKind(
        verb="register.export",
        sentence="{actor} took {cameras} cameras of the register out with their places: {reason}.",
        payload={"cameras": "how many"},
    ),
    EventKind(
        verb="register.map",
        sentence="{actor} looked at the map of {cameras} cameras.",
        payload={"cameras": "how many"},
    ),
    EventKind(
        verb="camera.authorise",
        sentence=(
            "{actor} gave {subject} ({camera}) authority to collect ({kind}, case {case}) to its "
            "review on {review}, end of deployment {end}: {reason}."
        ),
        payload={
            "camera": _KEY,
            "kind": "what the authority rests on",
            "case": "reference of the case",
            "review": "day on which it lapses unless reviewed",
            "end": "day on which a temporary deployment ends",
        },
    ),
    EventKind(
        verb="camera.withdraw",
        sentence="{actor} withdrew the authority of {subject} ({camera}): {reason}.",
        payload={"camera": _KEY},
    ),
    EventKind(
        verb="camera.lapse",
        sentence="{subject} ({camera}) collects nothing since {since}: {why}.",
        payload={
            "camera": _KEY,
            "why": "review, deployment",
            "since": "when its authority ended",
        },
    ),
)
