"""Revision deltas: a ZIP of files called ``{sourceID}_{hotlistName}_{R|A|D}.dat``.

R replaces the list, A adds to it, D deletes from it. The archive is somebody else's: everything
about it is bounded before a byte of it is unpacked, and while it is.
"""

import re
import zipfile
import zlib
from dataclasses import dataclass
from typing import IO, Final

MOST_FILES: Final = 3
LARGEST_TOTAL: Final = 1_073_741_824
"""Bytes of all files together, unpacked."""
LARGEST_RATIO: Final = 100

_NAME: Final = re.compile(
    r"(?P<source>[A-Za-z0-9-]+)_(?P<list>[^/\\]+)_(?P<operation>[RADrad])\.dat"
)
_BLOCK: Final = 1 << 20
_METHODS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED: Final = 0x1


class BadArchive(ValueError):
    """An archive that is not taken, as a whole. The message is for the person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeltaFile:
    """One file of an archive; ``operation`` is R, A or D."""

    name: str
    source: str
    list_name: str
    operation: str
    size: int


def is_archive(file: IO[bytes]) -> bool:
    """Whether the file begins as a ZIP does; it is left at its start."""
    file.seek(0)
    head = file.read(4)
    file.seek(0)
    return head in (b"PK\x03\x04", b"PK\x05\x06")


def deltas_in(file: IO[bytes]) -> list[DeltaFile]:
    """The files of an archive in the order R, A, D. Raises ``BadArchive``."""
    with _opened(file) as archive:
        infos = archive.infolist()
        if not infos:
            raise BadArchive("The archive is empty.")
        if len(infos) > MOST_FILES:
            raise BadArchive(
                f"The archive holds {len(infos)} files; at most {MOST_FILES} are taken."
            )
        found = [_delta(info) for info in infos]
    if sum(one.size for one in found) > LARGEST_TOTAL:
        raise BadArchive("The archive would unpack to more than 1 GB.")
    if len({one.operation for one in found}) < len(found):
        raise BadArchive("The archive holds two files of the same operation.")
    if len({(one.source, one.list_name) for one in found}) > 1:
        raise BadArchive("The archive holds files of more than one list.")
    return sorted(found, key=lambda one: "RAD".index(one.operation))


def unpack(file: IO[bytes], delta: DeltaFile, target: IO[bytes]) -> None:
    """Write one file of the archive to ``target``. Raises ``BadArchive`` where it is not whole, or
    larger than it said.
    """
    written = 0
    with _opened(file) as archive:
        try:
            with archive.open(delta.name) as member:
                while block := member.read(_BLOCK):
                    written += len(block)
                    if written > delta.size:
                        raise BadArchive("A file in the archive is larger than it says.")
                    target.write(block)
        except BadArchive:
            raise
        except (zipfile.BadZipFile, zlib.error, OSError, ValueError, EOFError, KeyError) as error:
            raise BadArchive("The archive is damaged.") from error
        except RuntimeError as error:  # zipfile's word for an encrypted file
            raise BadArchive("The archive is encrypted.") from error


def _opened(file: IO[bytes]) -> zipfile.ZipFile:
    file.seek(0)
    try:
        return zipfile.ZipFile(file)
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise BadArchive("The archive is damaged.") from error


def _delta(info: zipfile.ZipInfo) -> DeltaFile:
    name = info.filename
    if "/" in name or "\\" in name or "\0" in name or name.startswith("."):
        raise BadArchive("A file in the archive has a path; only plain names are taken.")
    if name.lower().endswith((".zip", ".gz", ".xlsx", ".7z")):
        raise BadArchive("The archive holds another archive.")
    if info.flag_bits & _ENCRYPTED or info.compress_type not in _METHODS:
        raise BadArchive("The archive is encrypted, or packed by a method that is not taken.")
    if info.file_size > LARGEST_TOTAL:
        raise BadArchive("The archive would unpack to more than 1 GB.")
    if info.file_size > LARGEST_RATIO * max(info.compress_size, 1):
        raise BadArchive(f"A file in the archive is packed more than {LARGEST_RATIO} times.")
    parts = _NAME.fullmatch(name)
    if parts is None:
        raise BadArchive(
            "A file in the archive is not called source_list_operation.dat, the operation being "
            "R, A or D."
        )
    return DeltaFile(
        name=name,
        source=parts["source"],
        list_name=parts["list"],
        operation=parts["operation"].upper(),
        size=info.file_size,
    )
