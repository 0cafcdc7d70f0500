"""What a review is about: a search, or an entry put on a list by hand, as a judged act of a person.

Reading them is no look at any read: a search is what was asked and answered, an entry what a list
manager wrote.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from openanpr.accounts.models import User
from openanpr.hotlists.models import HotlistEntry
from openanpr.oversight.vocabulary import Kind
from openanpr.search.models import SearchRun


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """The act that is judged, whose it is and where it is looked at."""

    kind: Kind
    id: UUID
    user: User
    at: datetime
    investigation: str = ""

    @property
    def person_id(self) -> str:
        """The person who did it."""
        return self.user.person_id

    @property
    def reference(self) -> str:
        """As audit rows name it."""
        return f"{self.kind.value}:{self.id}"


def subject_of(kind: Kind, subject_id: UUID) -> Subject | None:
    """The act, where it is still there and a person's."""
    if kind is Kind.SEARCH:
        run = (
            SearchRun.objects.select_related("user", "investigation").filter(id=subject_id).first()
        )
        return None if run is None else subject_of_run(run)
    entry = HotlistEntry.objects.select_related("created_by").filter(id=subject_id).first()
    return None if entry is None else subject_of_entry(entry)


def subject_of_run(run: SearchRun) -> Subject:
    """A search as an act."""
    return Subject(
        kind=Kind.SEARCH,
        id=run.id,
        user=run.user,
        at=run.asked_at,
        investigation=run.investigation.reference if run.investigation else "",
    )


def subject_of_entry(entry: HotlistEntry) -> Subject | None:
    """An entry as an act; ``None`` for one that no person wrote."""
    if entry.created_by is None:
        return None
    return Subject(kind=Kind.ENTRY, id=entry.id, user=entry.created_by, at=entry.created_at)
