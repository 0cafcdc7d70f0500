"""An installation for one measurement, in a folder of its own that is gone afterwards."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Final

_OF_ANOTHER_INSTALLATION: Final = (
    "OPENANPR_DATABASE_DSN",
    "OPENANPR_SECRETS_DIR",
    "OPENANPR_DEMO",
    "DJANGO_SETTINGS_MODULE",
)


class Format(StrEnum):
    """How the result is printed."""

    TEXT = "text"
    JSON = "json"


@contextmanager
def scratch_installation(folder: Path | None) -> Iterator[Path]:
    """Settings of an installation of its own, gone when the block ends; gives its folder."""
    scratch = Path(tempfile.mkdtemp(prefix="openanpr-bench-", dir=folder))
    scratch.chmod(0o711)  # the database's own user passes through
    for name in _OF_ANOTHER_INSTALLATION:
        os.environ.pop(name, None)
    os.environ["OPENANPR_DATA_DIR"] = str(scratch / "data")
    try:
        yield scratch
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def become(process: str) -> None:
    """Make this new process one of the installation's; the one that made it was another."""
    os.environ.pop("DJANGO_SETTINGS_MODULE", None)
    from openanpr.config.boot import set_up_django

    set_up_django(process)
