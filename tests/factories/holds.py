"""Holds placed as an analyst places them, and time made to pass for the reads under them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import psycopg

from openanpr.accounts.models import User
from openanpr.holds.services import Terms, place_hold
from openanpr.investigations.models import Hold, Investigation
from openanpr.investigations.vocabulary import HoldGround
from openanpr.search.question import MarkQuestion
from openanpr.search.selection import PickedRead, picked, token_of
from openanpr.search.services import SearchResult, run_search
from tests.factories.casework import MARK, REASON, Casework

DAY = timedelta(days=1)


@dataclass(slots=True)
class Holding:
    """One analyst who searches, picks and holds."""

    casework: Casework
    user: User
    superuser: psycopg.Connection[Any]

    def search(
        self, investigation: Investigation, *, start: datetime, end: datetime, vrm: str = MARK
    ) -> SearchResult:
        """A search for a mark, as far as it is allowed."""
        return run_search(
            author=self.casework.author(self.user),
            question=MarkQuestion(vrm=vrm, start=start, end=end, reason=REASON),
            investigation=investigation,
            at=self.casework.at,
        )

    def pick(self, investigation: Investigation, **period: Any) -> list[PickedRead]:
        """Every read of a search, picked."""
        at = self.casework.at
        found = self.search(investigation, **{"start": at - 7 * DAY, "end": at, **period})
        tokens = [
            token_of(read, investigation_id=investigation.id, account_id=self.user.pk, at=at)
            for read in found.reads
        ]
        opened = [picked(token, account_id=self.user.pk, at=at) for token in tokens]
        return [one for one in opened if one is not None]

    def terms(self, **fields: Any) -> Terms:
        """Terms with which a hold may be placed."""
        return Terms(
            **{
                "ground": HoldGround.RELEVANT_MATERIAL,
                "reference": "MG6C/14",
                "reason": REASON,
                "owner": self.user,
                "review_at": self.casework.at + 90 * DAY,
                **fields,
            }
        )

    def place(self, investigation: Investigation, reads: list[PickedRead]) -> Hold:
        """The hold of these reads; fails where it is refused."""
        placed = place_hold(
            author=self.casework.author(self.user),
            investigation=investigation,
            reads=reads,
            terms=self.terms(),
            at=self.casework.at,
        )
        assert isinstance(placed, Hold), placed
        return placed

    def age(self, by: timedelta) -> None:
        """Make every stored and held read older; the picture's ages too."""
        rows = self.superuser.execute("select distinct captured_at from reads").fetchall()
        for (moment,) in rows:
            self.superuser.execute("select ensure_partitions(%s, %s)", (moment - by, moment))
        for statement in (
            "update reads set captured_at = captured_at - %s",
            "update reads_held set captured_at = captured_at - %s",
            "update read_image set last_captured_at = last_captured_at - %s",
        ):
            self.superuser.execute(statement, (by,))
