"""Opens what the settings name: the demo world, a folder of pictures, a film, or a camera."""

from pathlib import Path

from openanpr.capture.files import FilmFile, PictureFolder
from openanpr.capture.frames import FrameSource, SourceProblem
from openanpr.capture.settings import AgentSettings, CameraSettings
from openanpr.capture.stream import SCHEMES, CameraStream
from openanpr.imaging import is_film

DEMO = "demo:"


def open_source(camera: CameraSettings, settings: AgentSettings) -> FrameSource:
    """Return the camera's source. Raises SourceProblem for one that is not there."""
    source = camera.source
    if source.startswith(DEMO):
        return _demo(source.removeprefix(DEMO), camera, settings)
    if source.startswith(SCHEMES):
        return CameraStream(source, rate=camera.frame_rate)
    return _file(settings.path(source), camera)


def _demo(name: str, camera: CameraSettings, settings: AgentSettings) -> FrameSource:
    # Drawing the demo world is no business of a real camera's agent: imported when asked for.
    from openanpr.capture.demo_source import DemoCamera

    others = tuple(
        other.source.removeprefix(DEMO)
        for other in settings.cameras
        if other.source.startswith(DEMO)
    )
    try:
        return DemoCamera(name, together=others, rate=camera.frame_rate)
    except ValueError as problem:
        raise SourceProblem(str(problem)) from None


def _file(path: Path, camera: CameraSettings) -> FrameSource:
    if not path.exists():
        raise SourceProblem(f"there is nothing at {path}")
    if path.is_file() and is_film(path):
        return FilmFile(path, repeat=camera.repeat)
    return PictureFolder(
        path,
        rate=camera.frame_rate,
        sequence=camera.pictures == "sequence",
        repeat=camera.repeat,
    )
