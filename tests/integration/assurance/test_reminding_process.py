"""The process of the jobs has fewer apps than the pages: what it runs must load there."""

import os
import subprocess
import sys
from pathlib import Path

import openanpr

PACKAGE = Path(openanpr.__file__).parent
APPS = sorted(path.parent.name for path in PACKAGE.glob("*/deadlines.py") if path.parent != PACKAGE)


def test_every_provider_of_the_calendar_loads_in_the_process_of_the_jobs() -> None:
    names = [f"openanpr.{app}.deadlines" for app in APPS]
    assert "openanpr.accounts.deadlines" in names
    loaded = subprocess.run(
        [
            sys.executable,
            "-c",
            "import django, importlib, sys; django.setup(); "
            "[importlib.import_module(name) for name in sys.argv[1:]]",
            *names,
        ],
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "openanpr.config.settings.jobs"},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert loaded.returncode == 0, loaded.stderr
