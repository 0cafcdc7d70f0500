"""Looking into the store of reads: the only statements that do, each inside a live search.

A live search is a row that says what may be seen and until when; row-level security on ``reads``
asks it for every row. The role of the alias ``search`` can neither see nor make such rows.
"""

from openanpr.search.store.company import (
    Companion,
    Meeting,
    Near,
    companions,
    passings_of,
    windows_of,
)
from openanpr.search.store.found import FoundRead
from openanpr.search.store.live import (
    LIFE,
    SEARCH,
    LivePart,
    end_live_searches,
    open_live_searches,
    search_session,
)
from openanpr.search.store.marks import SeenMark, marks_seen
from openanpr.search.store.newest import Before, history, passages
from openanpr.search.store.readings import SecondReading, second_readings
from openanpr.search.store.scenes import CommonMark, Scene, common, marks_at

__all__ = [
    "LIFE",
    "SEARCH",
    "Before",
    "CommonMark",
    "Companion",
    "FoundRead",
    "LivePart",
    "Meeting",
    "Near",
    "Scene",
    "SecondReading",
    "SeenMark",
    "common",
    "companions",
    "end_live_searches",
    "history",
    "marks_at",
    "marks_seen",
    "open_live_searches",
    "passages",
    "passings_of",
    "search_session",
    "second_readings",
    "windows_of",
]
