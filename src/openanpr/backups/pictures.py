"""Pictures in a backup: copied as they lie, encrypted, or named where a bucket holds them."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

from openanpr.backups.manifest import IMAGES, Pictures
from openanpr.config.values import Settings


def copy_pictures(
    settings: Settings, folder: Path, *, wanted: bool, copied: Callable[[int], None]
) -> Pictures:
    """Copy the installation's pictures into the backup, where they lie in a folder."""
    if settings.images == "s3":
        place = f"{settings.images_bucket}/{settings.images_prefix}"
        return Pictures(where="bucket", place=place)
    if not wanted:
        return Pictures(where="left-out", place=str(settings.data_dir / "images"))
    files, size = copy_tree(settings.data_dir / "images", folder / IMAGES, copied=copied)
    return Pictures(where="copied", files=files, bytes=size)


def copy_tree(source: Path, target: Path, *, copied: Callable[[int], None]) -> tuple[int, int]:
    """Copy every finished file, durably; what is there already is left. Files and bytes in all.

    A file that retention removes meanwhile is passed over.
    """
    files = size = 0
    target.mkdir(parents=True, exist_ok=True, mode=0o700)
    for path in sorted(source.rglob("*")):
        if path.name.startswith(".") or not path.is_file():
            continue
        place = target / path.relative_to(source)
        if not place.exists():
            place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            try:
                _copy(path, place)
            except FileNotFoundError:
                continue
        files += 1
        size += place.stat().st_size
        copied(files)
    return files, size


def _copy(path: Path, place: Path) -> None:
    partial = place.with_name(f".{place.name}")
    with path.open("rb") as source, partial.open("wb") as target:
        os.fchmod(target.fileno(), 0o600)
        shutil.copyfileobj(source, target)
        target.flush()
        os.fsync(target.fileno())
    partial.replace(place)
