"""Stores of pictures of a test's own: in a folder, under a fresh key."""

import secrets
from pathlib import Path

from openanpr.reads.image_keys import ImageKeys
from openanpr.reads.images import EncryptedImages
from openanpr.reads.objects import FolderObjects


def make_keys(folder: Path) -> ImageKeys:
    """A file of one key in ``folder``."""
    path = folder / "image-keys"
    path.write_text(secrets.token_urlsafe(32), encoding="ascii")
    return ImageKeys(path)


def make_images(folder: Path) -> EncryptedImages:
    """A store in ``folder``/images."""
    return EncryptedImages(FolderObjects(folder / "images"), make_keys(folder))
