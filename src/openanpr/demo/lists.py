"""The lists of the fictional force and the entries of the demo's vehicles on them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from openanpr.capture.demo_world import DemoVehicle, ListName, listed
from openanpr.demo.people import FORCE_CODE, INTELLIGENCE
from openanpr.hotlists.services.entries import EntryDetails
from openanpr.hotlists.services.lists import ListDetails
from openanpr.hotlists.vocabulary import EntryAction, ListKind, Priority

_REVIEW: Final = timedelta(days=28)
_LIST_WEED: Final = timedelta(days=365)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kind:
    """What a list is, and what its entries have in common; texts of entries are taken in turn."""

    name: str
    kind: ListKind
    owner: str
    purpose: str
    source: str
    priority: Priority
    action: EntryAction
    reasons: tuple[str, ...]
    information: tuple[str, ...]
    markers: tuple[tuple[str, ...], ...]
    weed: timedelta
    covert: bool = False
    told_units: tuple[str, ...] = ()


_KINDS: Final[dict[ListName, _Kind]] = {
    "stolen": _Kind(
        name="Stolen vehicles",
        kind=ListKind.RESPONSE,
        owner="Insp. Dale Northcott, Roads Policing",
        purpose="Recover stolen vehicles and arrest those who drive them",
        source="Crime recording system, every hour",
        priority=Priority.HIGH,
        action=EntryAction.STOP,
        reasons=(
            "Stolen in a burglary; keys taken from the house",
            "Taken from a drive without the keys",
            "Stolen to order; used in two thefts from farms since",
            "Driven off from a filling station forecourt",
        ),
        information=(
            "Driver may make off. Do not pursue without advice from the control room.",
            "Occupants not known. Preserve the vehicle for examination.",
            "Seen with false trade stickers on both doors.",
        ),
        markers=(("ES",), (), ("ES", "VI"), ("WE",)),
        weed=timedelta(days=60),
    ),
    "missing": _Kind(
        name="Missing persons: concern",
        kind=ListKind.RESPONSE,
        owner="Insp. Toni Wrexley, Safeguarding",
        purpose="Find vulnerable people who are missing",
        source="Missing persons unit",
        priority=Priority.IMMEDIATE,
        action=EntryAction.STOP,
        reasons=(
            "High-risk missing person may be driving",
            "Missing since this morning; family fears self-harm",
        ),
        information=(
            "Approach calmly. Check the driver's welfare and call the control room at once.",
            "Needs medicine every six hours. Ambulance to be asked for on contact.",
        ),
        markers=(("AG",), ("SU", "AG")),
        weed=timedelta(days=7),
    ),
    "covert": _Kind(
        name="Operation Bulrush",
        kind=ListKind.INTELLIGENCE,
        owner="DCI Harper Stanmore, Serious Crime",
        purpose="Learn the movements of a group suspected of supplying firearms",
        source="Operation Bulrush, directed surveillance authority FM/DSA/26/118",
        priority=Priority.HIGH,
        action=EntryAction.SILENT,
        reasons=("Used by a subject of the operation",),
        information=("Do not stop, do not follow, do not record locally.",),
        markers=(("FI",), ("FI", "VI"), ()),
        weed=timedelta(days=28),
        covert=True,
        told_units=(INTELLIGENCE,),
    ),
    "uninsured": _Kind(
        name="No insurance",
        kind=ListKind.REFERENCE,
        owner="Sgt. Rowan Tilbrook, Roads Policing",
        purpose="Take uninsured vehicles off the road",
        source="Insurance register extract, daily",
        priority=Priority.ROUTINE,
        action=EntryAction.STOP,
        reasons=("No policy held for this vehicle",),
        information=(
            "Check with the insurers' help line before seizing.",
            "Policy ended less than 14 days ago: the register may be behind.",
        ),
        markers=(("NI",),),
        weed=timedelta(days=14),
    ),
}


def list_names() -> tuple[ListName, ...]:
    """Return the lists in the order in which they are made."""
    return tuple(_KINDS)


def is_covert(name: ListName) -> bool:
    """Whether a list is covert, so that its entries need a second person."""
    return _KINDS[name].covert


def list_details(name: ListName, *, at: datetime) -> ListDetails:
    """Return a list as it is made at `at`."""
    kind = _KINDS[name]
    return ListDetails(
        name=kind.name,
        kind=kind.kind,
        owner_force=FORCE_CODE,
        owner=kind.owner,
        purpose=kind.purpose,
        source=kind.source,
        priority=kind.priority,
        review_at=at + _REVIEW,
        weed_at=at + _LIST_WEED,
        covert=kind.covert,
        second_person=kind.covert,
        told_units=kind.told_units,
        in_cars=not kind.covert and not kind.told_units,
    )


def entries(name: ListName, *, at: datetime) -> tuple[EntryDetails, ...]:
    """Return the entries of a list as they are made at `at`."""
    return tuple(
        _entry(_KINDS[name], vehicle, number, at=at) for number, vehicle in enumerate(listed(name))
    )


def _entry(kind: _Kind, vehicle: DemoVehicle, number: int, *, at: datetime) -> EntryDetails:
    return EntryDetails(
        vrm=vehicle.vrm,
        make=vehicle.make,
        model=vehicle.model,
        colour=vehicle.vehicle.look.paint.capitalize(),
        action=kind.action,
        warning_markers=kind.markers[number % len(kind.markers)],
        reason=kind.reasons[number % len(kind.reasons)],
        information=kind.information[number % len(kind.information)],
        force_area=FORCE_CODE,
        reference=f"{FORCE_CODE}/26/{4100 + 37 * number + len(kind.name)}",
        grading="B 1 C" if kind.kind is ListKind.INTELLIGENCE else "",
        marking="OFFICIAL-SENSITIVE",
        covert=kind.covert,
        owner=kind.owner,
        weed_at=at + kind.weed,
    )
