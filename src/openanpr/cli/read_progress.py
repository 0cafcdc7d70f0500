"""Progress of long reading on stderr: a bar for people, a line now and then for logs."""

import sys
import time
from types import TracebackType
from typing import TYPE_CHECKING, Final, Self

if TYPE_CHECKING:
    from rich.progress import Progress

SECONDS_BETWEEN_LINES: Final = 10.0


class ReadingProgress:
    """Counts the sources done, and the frames of the film being read."""

    def __init__(self, total: int, *, quiet: bool = False) -> None:
        """Expect `total` sources; say nothing at all if `quiet`."""
        self._total = total
        self._done = 0
        self._quiet = quiet
        self._said = time.monotonic()
        self._bar: Progress | None = None
        if sys.stderr.isatty() and not quiet:
            self._bar = _bar()
            self._sources = self._bar.add_task("Reading", total=total)
            self._frames = self._bar.add_task("Frames", total=None, visible=False)

    def __enter__(self) -> Self:
        if self._bar:
            self._bar.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._bar:
            self._bar.stop()

    def frame(self, index: int, length: int) -> None:
        """Frame `index` of a film of `length` frames (0: unknown) was read."""
        if self._bar:
            self._bar.update(
                self._frames, completed=index + 1, total=length or None, visible=length != 1
            )
        else:
            self._line(f", frame {index + 1} of {length or '?'}")

    def source(self) -> None:
        """A source was done."""
        self._done += 1
        if self._bar:
            self._bar.update(self._sources, completed=self._done)
            self._bar.update(self._frames, visible=False)
        else:
            self._line("")

    def _line(self, more: str) -> None:
        now = time.monotonic()
        if self._quiet or now - self._said < SECONDS_BETWEEN_LINES:
            return
        self._said = now
        sys.stderr.write(f"openanpr: {self._done} of {self._total} read{more}\n")
        sys.stderr.flush()


def _bar() -> "Progress":
    # Imported where a terminal is: at the roadside these would be 4 MB of memory for nothing.
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    )
