"""What the agent knows of its cameras, as it goes out with each sign of life."""

import threading
from dataclasses import dataclass
from datetime import datetime

from openanpr.wire import CameraStatus

_LONGEST_FAULT = 64


@dataclass(slots=True)
class _State:
    last_frame_at: datetime | None = None
    frames: int = 0
    reads: int = 0
    fault: str = ""


class Health:
    """Counts frames and reads of each camera and remembers its fault. Safe between threads."""

    def __init__(self, cameras: tuple[str, ...]) -> None:
        """Watch over the cameras of those names."""
        self._lock = threading.Lock()
        self._states = {camera: _State() for camera in cameras}

    def frame(self, camera: str, at: datetime) -> None:
        """A frame came."""
        with self._lock:
            state = self._states[camera]
            state.last_frame_at = at
            state.frames += 1

    def read(self, camera: str) -> None:
        """A read was stored."""
        with self._lock:
            self._states[camera].reads += 1

    def fault(self, camera: str, text: str) -> None:
        """The camera has a fault; an empty text says that it is well again."""
        with self._lock:
            self._states[camera].fault = text[:_LONGEST_FAULT]

    def statuses(self) -> tuple[CameraStatus, ...]:
        """Return the cameras' states as they travel."""
        with self._lock:
            return tuple(
                CameraStatus(
                    camera=name,
                    last_frame_at=state.last_frame_at,
                    frames=state.frames,
                    reads=state.reads,
                    fault=state.fault,
                )
                for name, state in self._states.items()
            )
