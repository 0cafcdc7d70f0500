"""What nobody without the right may learn of a fixed site, and looking for it in an answer.

Whatever the answer is, it is looked at as it came, as text whose escapes are undone, and unpacked:
archives (workbooks), compressed streams (PDF), base64.
"""

import base64
import binascii
import html
import io
import math
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

NEAR = 0.0015
"""Degrees within which a number with three decimals or more gives a coordinate away."""
_EARTH_M = 6378137.0
_DECIMAL = re.compile(r"(?<![\w.])-?\d{1,3}[.,]\d{3,}(?!\w)")
_WHOLE = re.compile(r"(?<![\w.])-?\d{5,10}(?:\.\d+)?(?![\w])")
_BASE64 = re.compile(r"[A-Za-z0-9+/_-]{24,}={0,2}")
_STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth:
    """One site as it really is. ``words``: what would name it, each by itself."""

    name: str
    code: str
    road: str
    postcode: str
    latitude: float
    longitude: float
    words: tuple[str, ...]


def found_in(content: bytes, truth: Truth) -> set[str]:
    """What of the truth the answer holds: ``word:...``, ``postcode``, ``latitude`` and so on."""
    return {kind for text in _texts(content) for kind in _in_text(text, truth)}


def _texts(content: bytes, depth: int = 0) -> Iterator[str]:
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for name in archive.namelist():
                yield from _texts(archive.read(name), depth + 1)
        return
    for stream in _STREAM.findall(content) if content.startswith(b"%PDF") else ():
        try:
            yield zlib.decompress(stream).decode("utf-8", "replace")
        except zlib.error:
            continue
    raw = content.decode("utf-8", "replace")
    yield _plain(raw)
    if b"\x00" in content:  # text in a picture's or a document's own encoding
        yield content.replace(b"\x00", b"").decode("latin-1")
    if depth < 2:
        for token in _BASE64.findall(raw):
            yield from _unpacked(token, depth)


def _unpacked(token: str, depth: int) -> Iterator[str]:
    padded = token.rstrip("=").replace("-", "+").replace("_", "/")
    try:
        inner = base64.b64decode(padded + "=" * (-len(padded) % 4))
    except (binascii.Error, ValueError):
        return
    if inner.isascii():
        yield from _texts(inner, depth + 1)


def _plain(text: str) -> str:
    """The text with HTML's, an address's and JSON's escapes undone."""
    escaped = re.sub(r"\\u([0-9a-fA-F]{4})", lambda one: chr(int(one[1], 16)), text)
    return unquote(html.unescape(html.unescape(escaped)))


def _in_text(text: str, truth: Truth) -> Iterator[str]:
    letters = re.sub(r"[\W_]+", "", text.casefold())
    for word in truth.words:
        if re.sub(r"[\W_]+", "", word.casefold()) in letters:
            yield f"word:{word}"
    for kind, value in (("postcode", truth.postcode), ("code", truth.code)):
        if re.search(rf"(?<!\w){_spaced(value)}(?!\w)", text, re.IGNORECASE):
            yield kind
    for kind, degrees in (("latitude", truth.latitude), ("longitude", truth.longitude)):
        if _has_degrees(text, abs(degrees)):
            yield kind
    if _has_metres(text, truth):
        yield "projected"
    if _geohash(truth)[:6] in text:
        yield "geohash"


def _spaced(value: str) -> str:
    return r"[\s_-]?".join(re.escape(one) for one in value.replace(" ", ""))


def _has_degrees(text: str, degrees: float) -> bool:
    numbers = (abs(float(one.replace(",", "."))) for one in _DECIMAL.findall(text))
    if any(abs(number - degrees) <= NEAR for number in numbers):
        return True
    scaled = {int(abs(float(one))) for one in _WHOLE.findall(text)}
    steps = (10_000, 100_000, 1_000_000, 10_000_000)
    if any(abs(number / step - degrees) <= NEAR for number in scaled for step in steps):
        return True
    whole, minutes = int(degrees), (degrees % 1) * 60
    near = "|".join(str(one) for one in {int(minutes * 60 % 60), round(minutes * 60 % 60)})
    sign = r"\s*(?:°|º|deg|d|\*)\s*"
    in_seconds = (
        rf"(?<![\d.])0*{whole}{sign}0?{int(minutes)}\s*(?:'|\u2032|\u2019|min|m)?\s*0?(?:{near})\b"
    )
    in_minutes = rf"(?<![\d.])0*{whole}{sign}0?{math.floor(minutes * 10) / 10:.1f}"
    nmea = rf"(?<![\d.])0*{whole}{int(minutes):02d}\.{int(minutes % 1 * 10)}"
    return any(re.search(one, text) for one in (in_seconds, in_minutes, nmea))


def _has_metres(text: str, truth: Truth) -> bool:
    """Whether both coordinates of the web's map projection (EPSG:3857) are there, to 100 m."""
    across = abs(math.radians(truth.longitude) * _EARTH_M)
    up = math.log(math.tan(math.pi / 4 + math.radians(truth.latitude) / 2)) * _EARTH_M
    numbers = [abs(float(one)) for one in _WHOLE.findall(text)]
    return all(any(abs(number - one) <= 100 for number in numbers) for one in (across, up))


def _geohash(truth: Truth) -> str:
    letters = "0123456789bcdefghjkmnpqrstuvwxyz"
    ranges = [[-180.0, 180.0], [-90.0, 90.0]]
    values = (truth.longitude, truth.latitude)
    found, bits = "", 0
    for step in range(40):
        low, high = ranges[step % 2]
        middle = (low + high) / 2
        upper = values[step % 2] >= middle
        ranges[step % 2] = [middle, high] if upper else [low, middle]
        bits = bits * 2 + upper
        if step % 5 == 4:
            found, bits = found + letters[bits], 0
    return found
