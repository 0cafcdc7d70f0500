"""The demo's agents: their keys, their settings files, the police car's track."""

import json
import uuid
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

from openanpr.capture.settings import SettingsProblem, load_key
from openanpr.config.values import Settings
from openanpr.demo.guard import demo_folder
from openanpr.demo.places import BENCH, CAMERAS, DemoCameraPlace, recorded_track

_TRACK = "patrol-track.json"


@dataclass(frozen=True, slots=True)
class AgentKey:
    """An agent's key: the file of the private half, the raw public half (32 bytes)."""

    path: Path
    public: bytes


def agents_folder(settings: Settings) -> Path:
    """Where the agents' settings files lie; there is one process for each."""
    return demo_folder(settings) / "agents"


def agent_key(settings: Settings, agent: str) -> AgentKey:
    """Return an agent's key, made at the first call."""
    path = demo_folder(settings) / "keys" / f"{agent}.pem"
    try:
        key = load_key(path)
    except SettingsProblem:
        key = _new_key(path)
    return AgentKey(path, key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw))


def _new_key(path: Path) -> Ed25519PrivateKey:
    key = Ed25519PrivateKey.generate()
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.unlink(missing_ok=True)
    path.touch(mode=0o600)
    path.write_bytes(pem)
    return key


def write_agent(settings: Settings, agent: str, *, reader: uuid.UUID) -> Path:
    """Write an agent's settings file and what it names; return the file."""
    folder = agents_folder(settings)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    track = demo_folder(settings) / _TRACK
    track.write_text(json.dumps({"points": recorded_track()}), encoding="utf-8")
    # What lies in the agents' folder is run; the bench's settings lie beside it.
    path = bench_file(settings) if agent == BENCH else folder / f"{agent}.toml"
    path.write_text(_toml(settings, agent, reader), encoding="utf-8")
    return path


def bench_file(settings: Settings) -> Path:
    """The settings of the agent that is run by hand, with `--source`."""
    return demo_folder(settings) / f"{BENCH}.toml"


def _toml(settings: Settings, agent: str, reader: uuid.UUID) -> str:
    up = "" if agent == BENCH else "../"
    lines = [
        "# An agent of the demonstration, written at each start of `openanpr serve --demo`.",
        f'reader = "{reader}"',
        f'key_file = "{up}keys/{agent}.pem"',
        f'ingest_url = "http://{settings.host}:{settings.ingest_port}"',
        f'spool = "{up}spools/{agent}.sqlite"',
        "spool_megabytes = 200",
        "heartbeat_seconds = 15.0",
    ]
    for camera in CAMERAS:
        if camera.agent == agent:
            lines += ["", "[[cameras]]", f'camera = "{camera.key}"', *_camera(camera, up)]
    if any(camera.agent == agent and _rides(camera) for camera in CAMERAS):
        lines += [
            "",
            "# The crew's screen, on this machine alone.",
            "[car]",
            f"page_port = {car_page_port(settings)}",
            f'lists = "{up}spools/{agent}.sealed"',
            "sync_seconds = 10.0",
        ]
    return "\n".join(lines) + "\n"


def _rides(camera: DemoCameraPlace) -> bool:
    return camera.site is None and bool(camera.scene)


def car_page_port(settings: Settings) -> int:
    """Where the patrol car's own screen is."""
    return settings.live_port + 1


def _camera(camera: DemoCameraPlace, up: str) -> list[str]:
    if not camera.scene:
        return ["# Give the real source with --source.", 'source = "pictures"', "frame_rate = 2.0"]
    lines = [f'source = "demo:{camera.scene}"', "frame_rate = 8.0", "deadline = 1.5"]
    return lines if camera.site is not None else [*lines, f'track = "{up}{_TRACK}"']
