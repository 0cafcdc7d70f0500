"""The agent: one thread a camera reads plates into the spool, one thread sends them on."""

import logging
import threading
import time
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path
from typing import Final

from openanpr import __version__
from openanpr.capture.clock import ClockWatch
from openanpr.capture.frames import Frame, FrameSource, Pause, SourceProblem, utc_now
from openanpr.capture.health import Health
from openanpr.capture.in_car import InCar
from openanpr.capture.link import Link
from openanpr.capture.records import Capture, Place, of_picture, of_vehicle
from openanpr.capture.settings import AgentSettings, CameraSettings, load_key
from openanpr.capture.sources import open_source
from openanpr.capture.spool import Spool, SpoolFull
from openanpr.capture.track import Track, load_track
from openanpr.capture.upload import Uploader
from openanpr.imaging import use_threads
from openanpr.reading import Pace, Reader, VehicleRead, VideoReader

_log = logging.getLogger(__name__)

_LONGEST_PAUSE_S: Final = 30.0
_STEADY_S: Final = 60.0
_DRAIN_S: Final = 60.0


class Agent:
    """Runs the cameras of one settings file until they end or `stop` is called."""

    def __init__(self, settings: AgentSettings) -> None:
        """Open spool, key, tracks and models; raises what each of them raises."""
        use_threads(1)
        self._settings = settings
        self._tracks = {
            camera.camera: load_track(settings.path(camera.track))
            for camera in settings.cameras
            if camera.track is not None
        }
        clock = ClockWatch(settings.clock)
        link = Link(
            url=settings.ingest_url,
            reader=settings.reader,
            key=load_key(settings.path(settings.key_file)),
            clock=clock,
            ca_file=None if settings.ca_file is None else settings.path(settings.ca_file),
        )
        self._reader = Reader.open(None if settings.models is None else Path(settings.models))
        self._spool = Spool(
            settings.path(settings.spool),
            max_bytes=settings.spool_bytes,
            keep_free=settings.keep_free_megabytes * 1_000_000,
        )
        self._health = Health(tuple(camera.camera for camera in settings.cameras))
        self._link = link
        self.car = None if settings.car is None else InCar(settings, settings.car, self._spool)
        self.uploader = Uploader(
            spool=self._spool,
            link=link,
            clock=clock,
            health=self._health,
            heartbeat_s=settings.heartbeat_seconds,
            version=__version__,
            car=None if self.car is None else self.car.line,
        )
        self._stop = threading.Event()
        self._began = time.monotonic()
        self.failed: list[str] = []

    def stop(self) -> None:
        """End `run` soon; may be called from a signal handler or another thread."""
        self._stop.set()

    def run(self) -> None:
        """Read and send until stopped, or until every source has ended and all is sent."""
        # Sources are opened before any thread starts, so that a wrong path is told at once.
        sources = {camera: open_source(camera, self._settings) for camera in self._settings.cameras}
        threads = [
            threading.Thread(
                target=self._run_camera, args=(camera, source), name=f"camera {camera.camera}"
            )
            for camera, source in sources.items()
        ]
        self.uploader.start()
        if self.car is not None:
            self.car.page.start()
        for thread in threads:
            thread.start()
        try:
            for thread in threads:
                while thread.is_alive():
                    thread.join(timeout=0.5)
            if not self._stop.is_set() and not self.uploader.drain(timeout_s=_DRAIN_S):
                _log.warning("not everything could be sent; the rest waits in the spool")
        finally:
            self._stop.set()
            self.uploader.stop()
            if self.car is not None:
                self.car.page.stop()
            self._link.close()
            self._spool.close()

    def _run_camera(self, camera: CameraSettings, source: FrameSource) -> None:
        pause = 1.0
        while not self._stop.is_set():
            began = time.monotonic()
            try:
                self._watch(camera, source)
                if not source.endless:
                    return
            except SourceProblem as problem:
                _log.error("camera %s: %s", camera.camera, problem)
                self._health.fault(camera.camera, str(problem))
                if not source.endless:
                    self.failed.append(f"camera {camera.camera}: {problem}")
                    return
                pause = 1.0 if time.monotonic() - began > _STEADY_S else pause * 2
                self._stop.wait(min(pause, _LONGEST_PAUSE_S))
            except Exception:  # noqa: BLE001 - whatever it is, the other cameras go on
                _log.exception("camera %s failed", camera.camera)
                self._health.fault(camera.camera, "the agent failed on this camera")
                if not source.endless:
                    self.failed.append(f"camera {camera.camera} failed; see the log")
                    return
                self._stop.wait(_LONGEST_PAUSE_S)

    def _watch(self, camera: CameraSettings, source: FrameSource) -> None:
        video = VideoReader(self._reader, pace=Pace(deadline=camera.deadline))
        for item in source.frames(self._stop):
            if isinstance(item, Pause):
                self._store(camera, self._captures(camera, video.finish()))
                continue
            self._health.frame(camera.camera, item.captured_at)
            self._store(camera, self._look(camera, video, item))
        self._store(camera, self._captures(camera, video.finish()))

    def _look(self, camera: CameraSettings, video: VideoReader, frame: Frame) -> Iterable[Capture]:
        if frame.alone:
            readings = self._reader.read_image(frame.image, day=frame.captured_at.date())
            place = self._place(camera, frame.captured_at)
            return [of_picture(r, frame.image, frame.captured_at, place) for r in readings]
        return self._captures(camera, video.push(frame.image, frame.captured_at))

    def _captures(self, camera: CameraSettings, vehicles: list[VehicleRead]) -> list[Capture]:
        return [of_vehicle(v, self._place(camera, v.best_at)) for v in vehicles]

    def _place(self, camera: CameraSettings, at: datetime) -> Place:
        track: Track | None = self._tracks.get(camera.camera)
        if track is None:
            return Place(camera.camera, None, camera.overview)
        # Where the vehicle was when the picture was taken, not now that its read leaves.
        ago = (utc_now() - at).total_seconds()
        here = track.at(time.monotonic() - self._began - ago)
        return Place(camera.camera, here, camera.overview)

    def _store(self, camera: CameraSettings, captures: Iterable[Capture]) -> None:
        for capture in captures:
            try:
                self._spool.put(capture)
            except SpoolFull as problem:
                _log.critical("a read of camera %s is lost: %s", camera.camera, problem)
                self._health.fault(camera.camera, f"reads are lost: {problem}")
                continue
            if self.car is not None:
                self.car.alerts.look(capture, at=utc_now())
            self._health.read(camera.camera)
            self._health.fault(camera.camera, "")
            self.uploader.wake()


def run_agent(settings: AgentSettings, on_ready: Callable[[Agent], None]) -> list[str]:
    """Run an agent to its end; `on_ready` gets it before it starts. Returns what went wrong."""
    agent = Agent(settings)
    on_ready(agent)
    agent.run()
    return agent.failed
