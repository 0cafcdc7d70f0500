"""Where packs lie: encrypted with the keys of the pictures, in a folder of their own."""

from openanpr.config.values import Settings, secret
from openanpr.reads.image_keys import SECRET, ImageKeys
from openanpr.reads.images import EncryptedImages
from openanpr.reads.objects import FolderObjects


def packs(settings: Settings) -> EncryptedImages:
    """The store of packs and of what they are made from, each under its SHA-256."""
    secret(SECRET, settings)
    return EncryptedImages(
        FolderObjects(settings.data_dir / "exhibits"), ImageKeys(settings.secrets_dir / SECRET)
    )
