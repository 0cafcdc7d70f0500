"""What a look found, before any of it is shown."""

from dataclasses import dataclass

from openanpr.search.analysis.company import Company
from openanpr.search.analysis.scenes import Comparison
from openanpr.search.analysis.strength import Strength
from openanpr.search.store.company import Companion
from openanpr.search.store.found import FoundRead
from openanpr.search.store.marks import SeenMark
from openanpr.search.store.readings import SecondReading
from openanpr.search.store.scenes import CommonMark


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a look found. ``reads`` are newest first; a kind that finds something else leaves them.

    ``truncated``: there was more than is shown. ``marks`` are those that fit part of a mark or lie
    around one, last seen first; ``passes`` the reads of the vehicle whose company was asked for,
    with its ``companions`` and, of each, what ``company`` is said to be worth, among ``looked_at``
    marks. ``comparison`` says the same of marks ``common`` to scenes. ``second`` is what people
    and better models said of the reads since, oldest first.
    """

    reads: tuple[FoundRead, ...] = ()
    truncated: bool = False
    marks: tuple[SeenMark, ...] = ()
    marks_cut: bool = False
    common: tuple[CommonMark, ...] = ()
    passes: tuple[FoundRead, ...] = ()
    companions: tuple[Companion, ...] = ()
    company: tuple[Company, ...] = ()
    looked_at: int = 0
    comparison: Comparison | None = None
    second: tuple[SecondReading, ...] = ()

    @property
    def told(self) -> tuple[tuple[Company, Companion], ...]:
        """The companions that are shown: not those whose company normal traffic explains."""
        met = {one.vrm: one for one in self.companions}
        return tuple(
            (one, met[one.vrm]) for one in self.company if one.strength is not Strength.EXPLAINED
        )
