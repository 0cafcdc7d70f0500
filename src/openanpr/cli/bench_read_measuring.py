"""Reading what is known and counting: accuracy, calibration, CPU time, memory, what was misread."""

import datetime
import resource
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Final

import numpy as np

from openanpr.cli.bench_read_truth import Truth
from openanpr.imaging import Film, Picture, load
from openanpr.reading import Box, Decoded, PlateReading, Reader, VehicleRead, VideoReader
from openanpr.reading.accuracy import Accuracy, is_junk
from openanpr.reading.calibration import interval, reliability

PERCENTILES: Final = (50, 90, 95, 99)
MOST_CONFUSIONS: Final = 30
_FILM_START: Final = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)


@dataclass(frozen=True, slots=True)
class Told:
    """A reading as the bench keeps it: its text and where it stands; no picture."""

    text: Decoded
    box: Box
    frame: int


@dataclass(frozen=True, slots=True)
class Misread:
    """A picture or film that was not read exactly: plates missed, or texts that are none of them.

    `plates` are all plates in it, `missed` those not read exactly.
    """

    name: str
    kind: str
    plates: tuple[str, ...]
    missed: tuple[str, ...]
    readings: tuple[Told, ...]

    @property
    def wrong(self) -> list[Told]:
        """The readings that are no plate in the picture, the surest first."""
        found = [told for told in self.readings if told.text.vrm not in self.plates]
        return sorted(found, key=lambda told: -told.text.confidence)

    @property
    def harm(self) -> tuple[float, int, int]:
        """How bad it is: a sure wrong reading first, then junk, then plates that were missed."""
        wrong = self.wrong
        junk = sum(is_junk(told.text.vrm, self.plates) for told in wrong)
        return (wrong[0].text.confidence if wrong else 0.0, junk, len(self.missed))

    def record(self) -> dict[str, object]:
        """The object for JSON."""
        return {
            "source": self.name,
            "set": self.kind,
            "truth": list(self.missed),
            "plates": list(self.plates),
            "read": [told.text.vrm for told in self.readings],
            "confidence": [round(told.text.confidence, 4) for told in self.readings],
        }


@dataclass(slots=True)
class Bench:
    """The counts of one run by kind of source (crops, pictures, films), and the time it took."""

    reader: Reader
    hint: str | None = None
    kinds: dict[str, Accuracy] = field(default_factory=dict)
    milliseconds: dict[str, list[float]] = field(default_factory=dict)
    misread: list[Misread] = field(default_factory=list)

    def measure(self, folder: Path, truth: Truth) -> None:
        """Read a picture or film of `folder` and count it; raises PictureProblem."""
        path = folder / truth.name
        spent: list[float] = []
        if truth.film:
            kind, readings = "films", self._film(path, spent)
        else:
            picture = load(path)
            whole = truth.cut_out == (picture.shape[1], picture.shape[0])
            kind, look = ("crops", self._crop) if whole else ("pictures", self._picture)
            readings = _timed(lambda: look(picture), spent)
        self.milliseconds.setdefault(kind, []).extend(spent)
        counts = self.kinds.setdefault(kind, Accuracy())
        repeated = counts.repeated
        missed = counts.add(truth.plates, [told.text for told in readings])
        found = Misread(truth.name, kind, tuple(truth.plates), tuple(missed), tuple(readings))
        if missed or found.wrong or counts.repeated > repeated:
            self.misread.append(found)

    def result(self) -> dict[str, object]:
        """All figures; everything is measured, nothing is assumed. Memory in 10^6 bytes."""
        return {
            "model": self.reader.version,
            "sets": {kind: self._figures(kind) for kind in sorted(self.kinds)},
            "peak_memory_mb": round(peak_memory() / 1e6, 1),
            "misread": [misread.record() for misread in self.worst_first()],
        }

    def worst_first(self) -> list[Misread]:
        """What was misread, by falling harm and then by name."""
        return sorted(self.misread, key=lambda found: (*(-part for part in found.harm), found.name))

    def _crop(self, picture: Picture) -> list[Told]:
        reading = self.reader.read_crop(picture, hint=self.hint)
        return [_told(reading)] if reading else []

    def _picture(self, picture: Picture) -> list[Told]:
        return [_told(reading) for reading in self.reader.read_image(picture, hint=self.hint)]

    def _film(self, path: Path, spent: list[float]) -> list[Told]:
        video = VideoReader(self.reader, hint=self.hint)
        readings: list[Told] = []
        for frame in Film(path).frames():
            at = _FILM_START + datetime.timedelta(seconds=frame.seconds)
            start = time.process_time()
            reads = video.push(frame.picture, at)
            spent.append((time.process_time() - start) * 1000)
            readings += [_vehicle(read) for read in reads]
        return readings + [_vehicle(read) for read in video.finish()]

    def _figures(self, kind: str) -> dict[str, object]:
        counts = self.kinds[kind]
        return {
            "images": counts.pictures,
            "plates": counts.plates,
            "exact": counts.exact,
            "exact_share": _share(counts.exact, counts.plates),
            "folded": counts.folded,
            "folded_share": _share(counts.folded, counts.plates),
            "unread": counts.unread,
            "repeated": counts.repeated,
            "reads": counts.reads,
            "junk": counts.junk,
            "junk_per_image": _share(counts.junk, counts.pictures),
            **_calibration(counts),
            "confusions": [
                {"truth": truth, "read": told, "count": count}
                for (truth, told), count in counts.confusions.most_common(MOST_CONFUSIONS)
            ],
            "characters": counts.characters.rows(),
            "put_in": counts.characters.put_in(),
            **_times(self.milliseconds[kind]),
        }


def peak_memory() -> int:
    """The most memory this process ever held, in bytes."""
    try:
        # The figure of getrusage survives the exec: a large parent would be counted as ours.
        status = Path("/proc/self/status").read_text(encoding="ascii")
        (line,) = [line for line in status.splitlines() if line.startswith("VmHWM:")]
        return int(line.split()[1]) * 1024
    except (OSError, ValueError):
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def _calibration(counts: Accuracy) -> dict[str, object]:
    bounds = interval(counts.told)
    return {
        "calibration_error": round(counts.calibration_error(), 4),
        "calibration_interval": [round(bound, 4) for bound in bounds] if bounds else None,
        "reliability": [
            {key: _rounded(value) for key, value in asdict(bin_).items()}
            for bin_ in reliability(counts.told)
        ],
    }


def _times(milliseconds: list[float]) -> dict[str, object]:
    if not milliseconds:
        return {"cpu_ms": 0.0, "cpu_ms_percentiles": {}}
    values = np.array(milliseconds)
    return {
        "cpu_ms": round(float(values.mean()), 2),
        "cpu_ms_percentiles": {
            **{f"p{part}": round(float(np.percentile(values, part)), 2) for part in PERCENTILES},
            "max": round(float(values.max()), 2),
        },
    }


def _told(reading: PlateReading) -> Told:
    return Told(reading.text, reading.box, 0)


def _vehicle(read: VehicleRead) -> Told:
    return Told(read.text, read.box, read.best_frame)


def _timed(work: Callable[[], list[Told]], spent: list[float]) -> list[Told]:
    start = time.process_time()
    readings = work()
    spent.append((time.process_time() - start) * 1000)
    return readings


def _rounded(value: float | None) -> float | None:
    return round(value, 4) if isinstance(value, float) else value


def _share(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 0.0
