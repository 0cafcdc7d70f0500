"""What may be attached: judged by content, never by name or by what the sender claims."""

import io
import zipfile
from typing import Any, Final

MOST_BYTES: Final = 10_000_000
MOST_UNPACKED: Final = 100_000_000

_STARTS: Final = {
    b"%PDF-": "pdf",
    b"\x89PNG\r\n\x1a\n": "png",
    b"\xff\xd8\xff": "jpg",
}
_OFFICE: Final = {"xl/workbook.xml": "xlsx", "word/document.xml": "docx"}


class FileProblem(ValueError):
    """A file that is not taken. The message says why and what to do."""


def kind_of(file: Any) -> str:
    """What a file is: ``pdf``, ``png``, ``jpg``, ``xlsx``, ``docx`` or ``txt``.

    Raises ``FileProblem`` for anything else, for one that is too large, and for an empty one. The
    file is read from its beginning and left there.
    """
    file.seek(0)
    content: bytes = file.read(MOST_BYTES + 1)
    file.seek(0)
    if not content:
        raise FileProblem("The file is empty")
    if len(content) > MOST_BYTES:
        raise FileProblem(f"The file is larger than {MOST_BYTES // 1_000_000} MB")
    for start, kind in _STARTS.items():
        if content.startswith(start):
            return kind
    if content.startswith(b"PK\x03\x04"):
        return _office_kind(content)
    if _is_text(content):
        return "txt"
    raise FileProblem(
        "This kind of file is not taken: save it as PDF, picture, CSV, text, workbook or document"
    )


def _office_kind(content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            entries = packed.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise FileProblem("The file is damaged: save it again") from error
    if sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise FileProblem("The file would be too large once unpacked")
    names = {entry.filename for entry in entries}
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise FileProblem("The file holds macros: save it without them, or as PDF")
    found = [kind for name, kind in _OFFICE.items() if name in names]
    if "[Content_Types].xml" not in names or not found:
        raise FileProblem("Packed files are not taken: attach what is in it")
    return found[0]


def _is_text(content: bytes) -> bool:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return not any(ord(letter) < 32 and letter not in "\t\r\n\f" for letter in text)
