"""The supervisor keeps programs running, and leaves nothing behind."""

import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path
from threading import Thread

import pytest

from openanpr.config.supervisor import Program, Supervisor

SLEEPER = "import time\nwhile True: time.sleep(1)"


def wait_for(condition, seconds=20.0):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.02)


def writes_its_pid(folder: Path) -> Program:
    code = f"import os, pathlib, time\npathlib.Path({str(folder)!r}, str(os.getpid())).touch()\n"
    return Program("sleeper", [sys.executable, "-c", code + SLEEPER])


@pytest.fixture
def pids(tmp_path):
    folder = tmp_path / "pids"
    folder.mkdir()
    return folder


def alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def test_a_killed_program_is_started_again_and_all_stop_at_the_end(tmp_path, pids):
    said = []
    supervisor = Supervisor([writes_its_pid(pids)], log_dir=tmp_path / "logs", say=said.append)
    supervisor.start()
    thread = Thread(target=supervisor.run)
    thread.start()
    wait_for(lambda: len(list(pids.iterdir())) == 1)
    first = int(next(pids.iterdir()).name)
    os.kill(first, signal.SIGKILL)
    wait_for(lambda: len(list(pids.iterdir())) == 2)
    supervisor.request_stop()
    thread.join(timeout=10)
    supervisor.stop()
    assert any("SIGKILL" in text for text in said)
    assert not any(alive(int(path.name)) for path in pids.iterdir())


def test_children_die_with_a_killed_supervisor(tmp_path, pids):
    code = textwrap.dedent(
        f"""
        from pathlib import Path
        import sys
        from openanpr.config.supervisor import Program, Supervisor
        from tests.unit.config.test_supervisor import writes_its_pid
        supervisor = Supervisor([writes_its_pid(Path({str(pids)!r}))],
            log_dir=Path({str(tmp_path / "logs")!r}), say=print)
        supervisor.start()
        supervisor.run()
        """
    )
    parent = subprocess.Popen([sys.executable, "-c", code], cwd=Path(__file__).parents[3])
    wait_for(lambda: list(pids.iterdir()))
    child = int(next(pids.iterdir()).name)
    parent.kill()
    parent.wait()
    wait_for(lambda: not alive(child))


def test_a_killed_server_s_workers_go_with_it(tmp_path, pids):
    worker = f"import os, pathlib, time\npathlib.Path({str(pids)!r}, str(os.getpid())).touch()\n"
    server = (
        "import subprocess, sys, time\n"
        f"subprocess.Popen([sys.executable, '-c', {worker + SLEEPER!r}])\n"
    )
    program = Program("server", [sys.executable, "-c", server + SLEEPER])
    supervisor = Supervisor([program], log_dir=tmp_path / "logs", say=print)
    supervisor.start()
    thread = Thread(target=supervisor.run)
    thread.start()
    wait_for(lambda: len(list(pids.iterdir())) == 1)
    orphan = int(next(pids.iterdir()).name)
    parent = int(Path(f"/proc/{orphan}/stat").read_text().rpartition(")")[2].split()[1])
    os.kill(parent, signal.SIGKILL)
    wait_for(lambda: not alive(orphan))
    wait_for(lambda: len(list(pids.iterdir())) == 2)
    supervisor.request_stop()
    thread.join(timeout=10)
    supervisor.stop()
    wait_for(lambda: not any(alive(int(path.name)) for path in pids.iterdir()))


def test_pauses_grow_when_a_program_ends_at_once(tmp_path):
    said = []
    broken = Program("broken", [sys.executable, "-c", "raise SystemExit(3)"])
    supervisor = Supervisor([broken], log_dir=tmp_path, say=said.append)
    supervisor.start()
    thread = Thread(target=supervisor.run)
    thread.start()
    wait_for(lambda: len(said) >= 2)
    supervisor.request_stop()
    thread.join(timeout=10)
    supervisor.stop()
    assert "exit code 3" in said[0]
    assert "1.0 s" in said[0]
    assert "2.0 s" in said[1]
