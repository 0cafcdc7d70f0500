"""Frames from a camera: an address such as `rtsp://host/stream`, or a device of this machine."""

import os
import threading
import time
from collections.abc import Iterator
from datetime import datetime
from threading import Event
from typing import Final

import cv2

from openanpr.capture.frames import Frame, Pause, SourceProblem, utc_now
from openanpr.imaging import Picture, as_picture, colour

SCHEMES: Final = ("rtsp://", "rtsps://", "http://", "https://", "rtmp://", "udp://", "tcp://")
_OPEN_MS: Final = 10_000
_SILENT_S: Final = 15.0
_TURN_S: Final = 0.25


class CameraStream:
    """A live camera. Always the newest frame: those that came while the reader worked are left.

    The address may hold a password, so it never stands in a message.
    """

    endless = True

    def __init__(self, address: str, *, rate: float) -> None:
        """Take at most `rate` frames a second from `address`."""
        self._address = address
        self._step = 1 / rate

    def frames(self, stop: Event) -> Iterator[Frame | Pause]:
        """Yield frames until the camera falls silent; raises SourceProblem then."""
        # The decoder would write its own remarks, the address among them, to the log.
        os.environ.setdefault("OPENCV_FFMPEG_LOGLEVEL", "-8")
        cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_ERROR)
        options = [
            cv2.CAP_PROP_OPEN_TIMEOUT_MSEC,
            _OPEN_MS,
            cv2.CAP_PROP_READ_TIMEOUT_MSEC,
            _OPEN_MS,
        ]
        capture = cv2.VideoCapture(self._address, cv2.CAP_FFMPEG, options)
        if not capture.isOpened():
            raise SourceProblem("the camera does not answer at its address")
        newest = _Newest(capture)
        try:
            index = 0
            while not stop.is_set():
                taken = newest.take(stop)
                if taken is None:
                    return
                picture, at, moment = taken
                yield Frame(picture, at, moment, index)
                index += 1
                if stop.wait(max(0.0, moment + self._step - time.monotonic())):
                    return
        finally:
            newest.close()


class _Newest:
    """Empties the decoder in a thread of its own and keeps the last frame."""

    def __init__(self, capture: cv2.VideoCapture) -> None:
        self._capture = capture
        self._fresh = threading.Condition()
        self._last: tuple[Picture, datetime, float] | None = None
        self._ended = False
        self._thread = threading.Thread(target=self._empty, name="camera-decoder", daemon=True)
        self._thread.start()

    def take(self, stop: Event) -> tuple[Picture, datetime, float] | None:
        """Wait for a frame not taken before; None once stopped. Raises SourceProblem if none comes.

        A signal sets `stop` without waking this wait, hence the short turns.
        """
        patience = time.monotonic() + _SILENT_S
        with self._fresh:
            while not self._fresh.wait_for(lambda: self._last is not None or self._ended, _TURN_S):
                if stop.is_set():
                    return None
                if time.monotonic() > patience:
                    break
            last, self._last = self._last, None
        if last is None:
            raise SourceProblem("the camera sends no more frames")
        return last

    def close(self) -> None:
        self._ended = True
        self._thread.join(timeout=2)

    def _empty(self) -> None:
        while not self._ended:
            more, frame = self._capture.read()
            at, moment = utc_now(), time.monotonic()
            with self._fresh:
                if more:
                    self._last = (colour(as_picture(frame)), at, moment)
                else:
                    self._ended = True
                self._fresh.notify()
        self._capture.release()
