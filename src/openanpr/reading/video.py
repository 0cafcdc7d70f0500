"""Reading films and cameras: one read a vehicle a pass, with its best pictures."""

import datetime
from dataclasses import dataclass
from typing import Final

from openanpr.imaging import Picture, crop
from openanpr.reading.decoding import decode
from openanpr.reading.gate import FrameGate
from openanpr.reading.looks import Look, distinct_looks
from openanpr.reading.passing import Best, Told, Track
from openanpr.reading.pipeline import Reader
from openanpr.reading.tracker import Followed, Motion, Sighting, alike, assign, overlap
from openanpr.reading.values import Box, Decoded, VehicleRead
from openanpr.reading.vote import weight_of
from openanpr.vrm import canonical

PATCH_MARGIN: Final = 0.12
UNSURE: Final = 0.8
EMPTY_TURN: Final = 4
EDGE: Final = 0.2
EDGE_CELLS: Final = 80
"""A plate may be cut off by the edge of the picture when it is nearer to it than a fifth of its
size, and than a cell of the detector (an eightieth of the frame), which is how far boxes err."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How long the video reader waits, in seconds, and how sure it must be.

    `deadline` sends a read out once the mark is settled and the vehicle was watched so long;
    None waits for the end of the pass, when every frame has had its say.
    """

    deadline: float | None = None
    lost_after: float = 1.5
    same_pass: float = 8.0
    parked: float = 600.0
    settled: float = 0.95
    looks: int = 2
    lone_look: float = 0.6
    doubtful: float = 0.5


class VideoReader:
    """Reads a stream of frames. Push each with its time; `finish` at the end gives the rest."""

    def __init__(
        self,
        reader: Reader,
        *,
        pace: Pace | None = None,
        day: datetime.date | None = None,
        hint: str | None = None,
    ) -> None:
        """Read with `reader`; `day` and `hint` are those of `decoding.decode`."""
        self._reader = reader
        self._pace = pace or Pace()
        self._day = day
        self._hint = hint
        self._gate = FrameGate()
        self._tracks: list[Track] = []
        self._told: list[Told] = []
        self._frame = -1
        self._start: datetime.datetime | None = None

    def push(self, frame: Picture, at: datetime.datetime) -> list[VehicleRead]:
        """Look at the next frame (BGR, kept unchanged), taken at `at`; the reads that now leave.

        Times must not run backwards; a frame that does counts as taken with the one before.
        """
        self._frame += 1
        self._start = self._start or at
        seconds = max(
            (at - self._start).total_seconds(),
            max((track.motion.seen for track in self._tracks), default=0.0),
        )
        # Who was lost while no frame came has left; another may stand in the same place now.
        gone = self._leaving(seconds)
        if self._gate.changed(frame):
            self._look(frame, at, seconds)
        else:
            self._stay(at, seconds)
        return gone + self._leaving(seconds)

    def finish(self) -> list[VehicleRead]:
        """The reads of the vehicles still in view; the reader may then be thrown away."""
        tracks, self._tracks = self._tracks, []
        return [read for track in tracks if (read := self._tell(track)) is not None]

    def _stay(self, at: datetime.datetime, seconds: float) -> None:
        # Nothing moved since the last look, so whoever was in view still is.
        for track in self._tracks:
            if track.last_frame == self._frame - 1:
                track.last_frame, track.last_at = self._frame, at
                track.motion.seen = seconds

    def _look(self, frame: Picture, at: datetime.datetime, seconds: float) -> None:
        looks = self._looks(frame)
        sightings = [
            Sighting(
                look.detection.box,
                look.text.vrm if look.text and self._counts(look, frame) else None,
            )
            for look in looks
        ]
        followed = [Followed(track.motion, track.reading) for track in self._tracks]
        owner = {
            sighting: self._tracks[track]
            for track, sighting in assign(followed, sightings, seconds=seconds).items()
        }
        for index, look in enumerate(looks):
            detection, track = look.detection, owner.get(index)
            if track is None:
                track = Track(Motion.of(detection.box, seconds), self._frame, at, self._frame, at)
                self._tracks.append(track)
            else:
                track.motion.follow(detection.box, seconds)
            track.last_frame, track.last_at = self._frame, at
            track.growth.add(seconds, detection.box.height)
            if self._counts(look, frame):
                self._count(track, frame, at, look)

    def _looks(self, frame: Picture) -> list[Look]:
        # Once every mark in view is settled, a doubtful look more would change nothing.
        careful = not self._tracks or not all(self._settled(track) for track in self._tracks)
        looks = self._reader.looks(frame, day=self._day, hint=self._hint, careful=careful)
        if any(look.worth >= UNSURE for look in looks):
            return looks
        # One other scale a frame, and rarely where nothing is seen: a pass has many frames, and
        # an empty road has more.
        turn = self._frame if looks else self._frame // EMPTY_TURN
        if not looks and self._frame % EMPTY_TURN:
            return looks
        scales = self._reader.other_scales(frame)
        scale = scales[turn % len(scales)]
        more = self._reader.looks(frame, day=self._day, hint=self._hint, scale=scale)
        return distinct_looks([*looks, *more])

    def _counts(self, look: Look, frame: Picture) -> bool:
        # A plate half out of the picture reads as a shorter mark that no vehicle carries.
        return (
            look.text is not None
            and self._reader.is_reading(look.text, look.scores)
            and not _at_edge(look.detection.box, frame)
        )

    def _count(self, track: Track, frame: Picture, at: datetime.datetime, look: Look) -> None:
        box, scores = look.detection.box, look.scores
        patch = crop(
            frame, x=box.x, y=box.y, width=box.width, height=box.height, margin=PATCH_MARGIN
        )
        confidence = look.text.confidence if look.text else 0.0
        weight = weight_of(scores, confidence=confidence, height=box.height, patch=patch)
        track.vote.add(scores, weight=weight)
        joined = track.vote.result()
        if joined is not None:
            track.scores = joined
            track.text = decode(joined, day=self._day, hint=self._hint)
        if track.best is None or weight > 1.05 * track.best.weight:
            track.best = Best(weight, self._frame, at, box, patch.copy(), frame.copy())

    def _leaving(self, seconds: float) -> list[VehicleRead]:
        reads, staying = [], []
        for track in self._tracks:
            gone = seconds - track.motion.seen > self._pace.lost_after
            if gone or self._due(track):
                read = self._tell(track)
                if read is not None:
                    reads.append(read)
            if not gone:
                staying.append(track)
        self._tracks = staying
        self._told = [told for told in self._told if not self._forgotten(told, seconds)]
        return reads

    def _due(self, track: Track) -> bool:
        if self._pace.deadline is None or track.text is None or track.told:
            return False
        watched = (track.last_at - track.first_at).total_seconds()
        return watched >= self._pace.deadline * (1 if self._settled(track) else 3)

    def _settled(self, track: Track) -> bool:
        looks, text = track.vote.looks, track.text
        if text is None:
            return False
        return looks > self._pace.looks and text.confidence >= self._pace.settled

    def _forgotten(self, told: Told, seconds: float) -> bool:
        kept = self._pace.parked if told.motion.parked else self._pace.same_pass
        return seconds - told.motion.seen > kept

    def _tell(self, track: Track) -> VehicleRead | None:
        text, scores, best = track.text, track.scores, track.best
        if track.told or text is None or scores is None or best is None:
            return None
        if not self._reader.is_reading(text, scores):
            return None
        lone = track.vote.looks < self._pace.looks
        if text.confidence < (self._pace.lone_look if lone else self._pace.doubtful):
            return None
        track.told = True
        if self._is_repetition(track, text):
            return None
        self._told.append(Told(text.vrm, text.confidence, track.motion))
        return VehicleRead(
            text=text,
            model=self._reader.version,
            first_frame=track.first_frame,
            last_frame=track.last_frame,
            best_frame=best.frame,
            first_at=track.first_at,
            last_at=track.last_at,
            best_at=best.at,
            box=best.box,
            patch=best.patch,
            overview=best.overview,
            direction=track.growth.direction(),
            readings=track.vote.looks,
        )

    def _is_repetition(self, track: Track, text: Decoded) -> bool:
        start = track.motion.seen - (track.last_at - track.first_at).total_seconds()
        for told in self._told:
            if not _same_mark(told, text):
                continue
            soon = start - told.motion.seen <= self._pace.same_pass
            place = Box(
                round(track.motion.x - track.motion.width / 2),
                round(track.motion.y - track.motion.height / 2),
                round(track.motion.width),
                round(track.motion.height),
            )
            stays = told.motion.parked and track.motion.parked
            parked = stays and overlap(told.motion, place, told.motion.seen) > 0.3
            if soon or parked:
                told.motion = track.motion
                return True
        return False


def _same_mark(told: Told, text: Decoded) -> bool:
    if canonical(told.text) == canonical(text.vrm):
        return True
    # Two sure readings that differ are two vehicles, however alike their marks are.
    unsure = min(told.confidence, text.confidence) < UNSURE
    return unsure and alike(told.text, text.vrm)


def _at_edge(box: Box, frame: Picture) -> bool:
    height, width = frame.shape[:2]
    most = width / EDGE_CELLS
    across, down = 1 + min(EDGE * box.width, most), 1 + min(EDGE * box.height, most)
    inside_across = box.x > across and box.x + box.width < width - across
    return not (inside_across and box.y > down and box.y + box.height < height - down)
