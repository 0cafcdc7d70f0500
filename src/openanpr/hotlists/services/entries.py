"""Adding, confirming and withdrawing entries. None exists without owner, reason and weed date."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction
from msgspec import to_builtins

from openanpr.access.facts import ListChangeFacts
from openanpr.accounts.models import User
from openanpr.hotlists.models import Hotlist, HotlistEntry
from openanpr.hotlists.services import changes
from openanpr.hotlists.services.changes import ListChange, UnableToChangeList
from openanpr.hotlists.vocabulary import EntryAction, EntryState, ListState, MatchAs
from openanpr.matching import Scope
from openanpr.vrm import InvalidVrm, VrmPattern, canonical, normalise
from openanpr.wire.ids import uuid7

EVERYWHERE: Final = Scope()


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryDetails:
    """An entry to be added. ``vrm`` may be written with spaces; ``weed_at`` is its last instant."""

    vrm: str
    action: EntryAction
    reason: str
    owner: str
    weed_at: datetime
    valid_from: datetime | None = None
    make: str = ""
    model: str = ""
    colour: str = ""
    warning_markers: tuple[str, ...] = ()
    information: str = ""
    force_area: str = ""
    reference: str = ""
    grading: str = ""
    marking: str = ""
    covert: bool = False
    match_as: MatchAs = MatchAs.EXACT
    least_weight: float = 0.0
    scope: Scope = EVERYWHERE


@transaction.atomic
def add_entry(*, hotlist: Hotlist, by: User, at: datetime, details: EntryDetails) -> ListChange:
    """Add one vehicle to a list; on a list of two persons it is only proposed, and so is one that
    matches more than its own mark.

    A refusal is audited and returned. ``UnableToChangeList`` for an entry without owner or reason,
    with a mark that is none, or that would have ended already.
    """
    changes.require(owner=details.owner, reason=details.reason)
    vrm, folded = _marks(details)
    two = hotlist.second_person or details.match_as != MatchAs.EXACT
    valid_from = details.valid_from or at
    if details.weed_at <= max(at, valid_from):
        raise UnableToChangeList("The weed date must lie ahead.")
    if hotlist.state != ListState.ACTIVE:
        raise UnableToChangeList("This list is not active.")
    if details.covert and not by.covert_right:
        raise changes.UnableToChangeList(changes.COVERT_RIGHT)
    decision = changes.decide(
        by=by,
        at=at,
        change=ListChangeFacts(
            force=hotlist.owner_force_id,
            kind="add",
            reason=details.reason,
            weed_at=details.weed_at,
            second_person=hotlist.second_person,
            in_force=not two,
            matching=details.match_as.value,
            pattern_characters=_given(vrm),
        ),
    )
    entry_id = uuid7()
    state = EntryState.PROPOSED if two else EntryState.LIVE
    entry = None
    if decision:
        entry = HotlistEntry.objects.create(
            id=entry_id,
            hotlist=hotlist,
            vrm=vrm,
            canonical=folded,
            make=details.make,
            model=details.model,
            colour=details.colour,
            action=details.action.value,
            warning_markers=list(details.warning_markers),
            reason=details.reason,
            information=details.information,
            force_area=details.force_area,
            reference=details.reference,
            grading=details.grading,
            marking=details.marking,
            covert=details.covert,
            match_as=details.match_as.value,
            least_weight=details.least_weight if details.match_as == MatchAs.NEAR else 0.0,
            scope=to_builtins(details.scope),
            owner=details.owner,
            valid_from=valid_from,
            weed_at=details.weed_at,
            state=state.value,
            created_at=at,
            created_by=by,
        )
        changes.bump_revision(hotlist, at=at)
    changes.record(
        verb="entry.add",
        by=by,
        at=at,
        subject=f"entry:{entry_id}",
        reason=details.reason,
        decision=decision,
        payload={
            "list": f"hotlist:{hotlist.id}",
            "action": details.action.value,
            "weed_at": details.weed_at.isoformat(),
            "state": state.value,
            "match_as": details.match_as.value,
        },
    )
    return ListChange(decision=decision, hotlist=hotlist, entry=entry)


@transaction.atomic
def confirm_entry(*, entry_id: UUID, by: User, at: datetime) -> ListChange:
    """Put a proposed entry in force as the second person; who proposed it is refused."""
    entry = _locked(entry_id)
    if entry.state != EntryState.PROPOSED:
        raise UnableToChangeList("This entry does not wait for a second person.")
    decision = changes.decide(
        by=by,
        at=at,
        change=ListChangeFacts(
            force=entry.hotlist.owner_force_id,
            kind="add",
            reason=entry.reason,
            weed_at=entry.weed_at,
            second_person=True,
            matching=MatchAs(entry.match_as).value,
            pattern_characters=_given(entry.vrm),
            proposed_by_person_id=entry.created_by.person_id if entry.created_by else None,
        ),
    )
    if decision:
        entry.state = EntryState.LIVE.value
        entry.confirmed_at = at
        entry.confirmed_by = by
        entry.save(update_fields=["state", "confirmed_at", "confirmed_by"])
        changes.bump_revision(entry.hotlist, at=at)
    changes.record(
        verb="entry.confirm",
        by=by,
        at=at,
        subject=f"entry:{entry.id}",
        reason=entry.reason,
        decision=decision,
        payload={"list": f"hotlist:{entry.hotlist_id}"},
    )
    return ListChange(decision=decision, hotlist=entry.hotlist, entry=entry)


@transaction.atomic
def withdraw_entry(*, entry_id: UUID, by: User, at: datetime, reason: str) -> ListChange:
    """End an entry now, with the reason. One person is enough: looking for nobody harms nobody."""
    changes.require(reason=reason)
    entry = _locked(entry_id)
    if entry.state == EntryState.WITHDRAWN:
        raise UnableToChangeList("This entry was withdrawn already.")
    decision = changes.decide(
        by=by,
        at=at,
        change=ListChangeFacts(
            force=entry.hotlist.owner_force_id, kind="remove", reason=reason, weed_at=None
        ),
    )
    if decision:
        entry.state = EntryState.WITHDRAWN.value
        entry.withdrawn_at = at
        entry.withdrawn_by = by
        entry.withdrawn_reason = reason
        entry.save(update_fields=["state", "withdrawn_at", "withdrawn_by", "withdrawn_reason"])
        changes.bump_revision(entry.hotlist, at=at)
    changes.record(
        verb="entry.withdraw",
        by=by,
        at=at,
        subject=f"entry:{entry.id}",
        reason=reason,
        decision=decision,
        payload={"list": f"hotlist:{entry.hotlist_id}"},
    )
    return ListChange(decision=decision, hotlist=entry.hotlist, entry=entry)


def _marks(details: EntryDetails) -> tuple[str, str]:
    """What is looked for, as written and as compared."""
    try:
        if details.match_as == MatchAs.PATTERN:
            pattern = VrmPattern.parse(details.vrm)
            return pattern.text, pattern.folded.text
        vrm = normalise(details.vrm)
    except InvalidVrm as problem:
        raise UnableToChangeList(f"This is no registration mark: {problem}.") from problem
    return vrm, canonical(vrm)


def _given(text: str) -> int:
    return sum(character not in "?*" for character in text)


def _locked(entry_id: UUID) -> HotlistEntry:
    # Only the entry is locked: locking its joined rows too would ask for more rights.
    entries = HotlistEntry.objects.select_related("hotlist", "created_by")
    return entries.select_for_update(of=("self",)).get(pk=entry_id)
