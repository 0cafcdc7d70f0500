"""Running a search: the two fences of docs/adr/0011-two-fences.md."""

from openanpr.search.services.run import (
    SearchResult,
    SearchStoppedError,
    SearchTooLongError,
    run_search,
)

__all__ = ["SearchResult", "SearchStoppedError", "SearchTooLongError", "run_search"]
