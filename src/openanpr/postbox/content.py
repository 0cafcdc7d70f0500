"""What a file is, by its content; its name and what the browser says of it are not believed."""

import re
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from openanpr.imaging import EncodeProblem, JpegLimits, PictureProblem, decode, encode_jpeg

MAX_BYTES: Final = 8 * 1024 * 1024
MAX_PIXELS: Final = 60_000_000
_PICTURE: Final = JpegLimits(width=3000, height=3000, max_bytes=3 * 1024 * 1024)
_MAGIC: Final = (b"\xff\xd8", b"\x89PNG\r\n\x1a\n", b"RIFF")
_ACTIVE: Final = (b"/JavaScript", b"/JS", b"/Launch", b"/EmbeddedFile", b"/RichMedia", b"/XFA")
_ESCAPED: Final = re.compile(rb"#([0-9A-Fa-f]{2})")
_STREAMS: Final = 2_000
_UNPACKED: Final = 4 * 1024 * 1024
_NAME_LENGTH: Final = 80


class FileRefused(ValueError):
    """A file that is not taken. The message says why and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedFile:
    """A file that may be kept: ``kind`` is ``jpeg``, ``pdf`` or ``txt``."""

    name: str
    kind: str
    content: bytes

    @property
    def sha256(self) -> str:
        """Hexadecimal."""
        return sha256(self.content).hexdigest()


def checked(data: bytes, *, name: str) -> CheckedFile:
    """The file as it is kept. Raises ``FileRefused``.

    A picture is drawn anew, so that nothing hidden in it is kept: neither where a telephone took it
    nor a program. A PDF that runs something, carries files or can't be looked into is refused.
    """
    if not data:
        raise FileRefused("The file is empty. Choose another.")
    if len(data) > MAX_BYTES:
        raise FileRefused(
            f"The file is larger than {MAX_BYTES // 1024 // 1024} MB. Send a smaller one."
        )
    if data.startswith(_MAGIC):
        return CheckedFile(name=_named(name, "jpeg"), kind="jpeg", content=_picture(data))
    if data.lstrip()[:5] == b"%PDF-":
        _look_into(data)
        return CheckedFile(name=_named(name, "pdf"), kind="pdf", content=data)
    return CheckedFile(name=_named(name, "txt"), kind="txt", content=_text(data))


def _picture(data: bytes) -> bytes:
    try:
        return encode_jpeg(
            decode(data, max_bytes=MAX_BYTES, max_pixels=MAX_PIXELS), limits=_PICTURE
        )
    except (PictureProblem, EncodeProblem) as problem:
        raise FileRefused(f"The picture can't be used: {problem}.") from None


def _look_into(data: bytes) -> None:
    if b"%%EOF" not in data[-2048:]:
        raise FileRefused("The PDF is cut off. Save it again, or print it and send a picture.")
    for part in _parts(data):
        plain = _ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), part)
        if b"/Encrypt" in plain:
            raise FileRefused("The PDF has a password. Save it without one, and send it again.")
        if any(name in plain for name in _ACTIVE):
            raise FileRefused(
                "The PDF can run something. Print it and send a picture of it instead."
            )


def _parts(data: bytes) -> Iterator[bytes]:
    """The file itself, and each of its streams that is packed in the usual way."""
    yield data
    left = _UNPACKED
    for number, stream in enumerate(_streams(data)):
        if number >= _STREAMS or left <= 0:
            raise FileRefused("The PDF is too large to be looked into. Send a shorter one.")
        with suppress(zlib.error):
            unpacked = zlib.decompressobj().decompress(stream, left)
            left -= len(unpacked)
            yield unpacked


def _streams(data: bytes) -> Iterator[bytes]:
    """What stands between ``stream`` and ``endstream``, in one pass."""
    end = 0
    while (start := data.find(b"stream", end)) >= 0:
        end = data.find(b"endstream", start)
        if end < 0:
            return
        yield data[start + len(b"stream") : end].lstrip(b"\r\n")
        end += len(b"endstream")


def _text(data: bytes) -> bytes:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = "\0"
    if any(ord(one) < ord(" ") and one not in "\t\r\n" for one in text):
        raise FileRefused("Send a picture (JPEG or PNG), a PDF or plain text.")
    return text.encode()


def _named(name: str, kind: str) -> str:
    stem = re.sub(r"[^\w .()-]", "", name.replace("\\", "/").rpartition("/")[2]).strip(" .")
    stem = stem.rpartition(".")[0] or stem or "file"
    return f"{stem[:_NAME_LENGTH]}.{'jpg' if kind == 'jpeg' else kind}"
