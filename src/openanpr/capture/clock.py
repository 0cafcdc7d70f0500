"""How good this machine's clock is: what the kernel says of its discipline."""

import ctypes
import sys
from typing import Final

from openanpr.wire import Clock

_ERROR: Final = 5
_UNSYNCHRONISED: Final = 0x0040
_NANOSECONDS: Final = 0x2000


class _Timeval(ctypes.Structure):
    _fields_ = [("tv_sec", ctypes.c_long), ("tv_usec", ctypes.c_long)]


class _Timex(ctypes.Structure):
    # struct timex of Linux (adjtimex(2)); the padding holds fields that we do not read.
    _fields_ = [
        ("modes", ctypes.c_uint),
        ("offset", ctypes.c_long),
        ("freq", ctypes.c_long),
        ("maxerror", ctypes.c_long),
        ("esterror", ctypes.c_long),
        ("status", ctypes.c_int),
        ("constant", ctypes.c_long),
        ("precision", ctypes.c_long),
        ("tolerance", ctypes.c_long),
        ("time", _Timeval),
        ("tick", ctypes.c_long),
        ("padding", ctypes.c_long * 24),
    ]


def kernel_clock() -> Clock:
    """Return the kernel's word on the clock: `ntp` and the offset left, or `system` if unknown."""
    if not sys.platform.startswith("linux"):
        return Clock(source="system")
    state = _Timex()
    try:
        answer = ctypes.CDLL(None, use_errno=True).adjtimex(ctypes.byref(state))
    except (OSError, AttributeError):
        return Clock(source="system")
    if answer < 0 or answer == _ERROR or state.status & _UNSYNCHRONISED:
        return Clock(source="system")
    per_ms = 1e6 if state.status & _NANOSECONDS else 1e3
    return Clock(source="ntp", offset_ms=round(state.offset / per_ms, 3))


class ClockWatch:
    """The clock as it goes with each batch; the server's time helps where no discipline is known.

    The offset is this machine's clock minus true time, in milliseconds.
    """

    def __init__(self, source: str | None = None) -> None:
        """Watch the clock; `source` (gps, ntp) is set where the operator knows better."""
        self._told = source
        self._against_server: float | None = None

    def heard(self, *, server_ms: float, before_ms: float, after_ms: float) -> None:
        """Take in the server's time, asked for between two local moments (milliseconds)."""
        self._against_server = (before_ms + after_ms) / 2 - server_ms

    @property
    def against_server_ms(self) -> float | None:
        """How far this clock is ahead of the server's, as last heard."""
        return self._against_server

    def now(self) -> Clock:
        """Return the clock's quality at this moment."""
        kernel = kernel_clock()
        if self._told == "gps":
            return Clock(source="gps", offset_ms=kernel.offset_ms)
        if self._told == "ntp" or kernel.source == "ntp":
            return Clock(source="ntp", offset_ms=kernel.offset_ms)
        offset = self._against_server
        return Clock(source="system", offset_ms=None if offset is None else round(offset, 1))
