"""Every parser that meets the outside, given bytes that nobody would send: it answers or refuses.

What is asserted is that nothing but the parser's own refusal comes out of it, and that what it does
take keeps the promises of its type. Few examples a run; a run that finds one keeps it for the next.
"""

import io
import uuid
import zipfile
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo

import cv2
import msgspec
import numpy as np
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from openanpr.adapters import list_workbook, list_zip
from openanpr.adapters.list_rows import (
    STANDARD,
    ListRow,
    Passed,
    Reading,
    Rejected,
    rows_of,
    shape_of,
)
from openanpr.adapters.list_text import encoding_of, lines_of
from openanpr.adapters.list_zip import BadArchive
from openanpr.imaging import PictureProblem, decode, probe
from openanpr.ingest.checking import Limits, check_batch
from openanpr.search.areas import AreaError, corners
from openanpr.search.mark_lists import MarkListError, marks_in
from openanpr.vrm import InvalidVrm, VrmPattern, normalise
from openanpr.wire import RawBatch
from openanpr.wire.federation import Consignment, Holding, Register
from openanpr.wire.heartbeats import Heartbeat
from openanpr.wire.signing import (
    NONCE_HEADER,
    READER_HEADER,
    SIGNATURE_HEADER,
    TIME_HEADER,
    SignatureError,
    read_headers,
)

pytestmark = pytest.mark.security
FEW: Final = settings(max_examples=40)
AT: Final = datetime(2026, 11, 22, 14, 0, tzinfo=UTC)
LINES: Final = st.lists(
    st.one_of(
        st.text(max_size=60),
        st.sampled_from(
            [
                "VRM,make,model,colour,action,warning markers,reason",
                'OA30AAA,Ford,"Focus,STOP',
                "=cmd|' /C calc'!A0;OA30AAA",
                "\ufeffOA30AAA,,,,,,,,,,2027-01-31",
                "OA30AAA\x00,STOP",
                "," * 80,
                "99999999999999999999,31/02/2027",
            ]
        ),
    ),
    max_size=8,
)


@cache
def _picture(kind: str) -> bytes:
    picture = np.full((24, 32, 3), 90, dtype=np.uint8)
    return bytes(cv2.imencode(kind, picture)[1])


@cache
def _archive() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("PNC_STOLEN_R_000123.csv", "OA30AAA,Ford,Focus,Blue,STOP\n" * 20)
    return file.getvalue()


@cache
def _workbook() -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["VRM", "reason", "weed date"])
        sheet.write_row(1, 0, ["OA30AAA", "Stolen", "2027-01-31"])
        sheet.write_formula(2, 0, "=1+1")
    return file.getvalue()


def said(problem: Exception) -> None:
    """A refusal says something, and repeats no mark."""
    assert str(problem)
    assert "OA30AAA" not in str(problem)


@st.composite
def damaged(draw: st.DrawFn, whole: bytes) -> bytes:
    """Something close to ``whole``: bytes changed, cut off, put in or added."""
    data = bytearray(whole)
    for _ in range(draw(st.integers(0, 6))):
        place = draw(st.integers(0, max(0, len(data) - 1)))
        how = draw(st.integers(0, 3))
        if how == 0 and data:
            data[place] = draw(st.integers(0, 255))
        elif how == 1:
            del data[place:]
        elif how == 2:
            data[place:place] = draw(st.binary(max_size=8))
        else:
            data[place : place + 4] = draw(st.sampled_from([b"\xff" * 4, b"\0" * 4, b"\x7f\xff"]))
    return bytes(data)


@FEW
@given(st.one_of(st.binary(max_size=400), LINES.map(lambda lines: "\n".join(lines).encode())))
def test_a_list_file_is_answered_line_by_line_whatever_it_holds(data):
    encoding = encoding_of(io.BytesIO(data))
    shape = shape_of(io.BytesIO(data), encoding)
    lines = list(lines_of(io.BytesIO(data), encoding))
    reading = Reading(
        columns=shape.columns or STANDARD,
        width=shape.width or 16,
        separator=shape.separator,
        has_header=bool(shape.header),
        at=AT,
        latest_weed=AT + timedelta(days=365),
        zone=ZoneInfo("Europe/London"),
    )
    answers = list(rows_of(io.BytesIO(data), encoding, reading))
    assert len(answers) == len(lines), "every line has one answer"
    for answer in answers:
        assert isinstance(answer, ListRow | Rejected | Passed)
        if isinstance(answer, ListRow):
            assert normalise(answer.vrm) == answer.vrm
            assert AT < answer.weed_at <= AT + timedelta(days=365)


@FEW
@given(damaged(_archive()))
def test_an_archive_is_unpacked_or_refused(data):
    file = io.BytesIO(data)
    list_zip.is_archive(file)
    try:
        for delta in list_zip.deltas_in(file):
            target = io.BytesIO()
            list_zip.unpack(file, delta, target)
            assert target.tell() <= delta.size
    except BadArchive as problem:
        said(problem)


@FEW
@given(damaged(_workbook()))
def test_a_workbook_is_read_or_refused(data):
    file = io.BytesIO(data)
    list_workbook.is_workbook(file)
    try:
        sheet = list_workbook.write_rows(file, target := io.BytesIO())
    except BadArchive as problem:
        said(problem)
    else:
        assert target.getvalue().count(b"\n") >= sheet.rows


@FEW
@given(st.sampled_from([".jpg", ".png", ".bmp"]).flatmap(lambda kind: damaged(_picture(kind))))
def test_a_picture_is_decoded_within_its_limits_or_refused(data):
    try:
        kind = probe(data)
        picture = decode(data, max_bytes=50_000, max_pixels=100_000)
    except PictureProblem as problem:
        said(problem)
    else:
        assert picture.shape[:2] == (kind.height, kind.width)
        assert picture.size <= 300_000


READ: Final = {
    "id": "0193543e-0000-7000-8000-000000000001",
    "sequence": 1,
    "camera": "1/2/3",
    "vrm": "OA30AAA",
    "captured_at": "2026-11-22T13:59:59Z",
    "confidence": 0.9,
}
BATCH: Final = {
    "schema": "openanpr.batch.v1",
    "reader": "0193543e-0000-7000-8000-000000000002",
    "batch_id": "0193543e-0000-7000-8000-000000000003",
    "sequence": 1,
    "sent_at": "2026-11-22T14:00:00Z",
    "clock": {"quality": "ntp", "offset_ms": 3},
    "reads": [READ],
}
LEAF: Final = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=20), st.just([[[]]])
)


@st.composite
def odd_batches(draw: st.DrawFn) -> bytes:
    """A batch with some of its values, or its reads', replaced by anything or left out."""
    read = {**READ, **draw(st.dictionaries(st.sampled_from(sorted(READ)), LEAF, max_size=3))}
    batch = {**BATCH, "reads": [read, READ]}
    batch |= draw(st.dictionaries(st.sampled_from(sorted(BATCH)), LEAF, max_size=1))
    for name in draw(st.lists(st.sampled_from(sorted(READ)), max_size=2)):
        read.pop(name, None)
    return msgspec.json.encode(batch)


@FEW
@given(st.one_of(odd_batches(), damaged(msgspec.json.encode(BATCH)), st.binary(max_size=60)))
def test_a_batch_is_judged_read_by_read_or_refused_whole(body):
    try:
        batch = msgspec.json.decode(body, type=RawBatch)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return
    limits = Limits(
        oldest=AT - timedelta(days=700),
        newest=AT + timedelta(seconds=2),
        late_before=AT - timedelta(minutes=5),
    )
    verdict = check_batch(batch=batch, device_id=batch.reader, cameras={}, limits=limits, at=AT)
    assert len(verdict.rejections) == len(batch.reads), "no camera is known: none is taken"
    assert not verdict.rows


@FEW
@given(st.sampled_from([Heartbeat, Consignment, Register, Holding]), st.binary(max_size=80))
def test_other_messages_are_decoded_or_refused(kind, body):
    try:
        msgspec.json.decode(body, type=kind)
    except (msgspec.MsgspecError, UnicodeDecodeError) as problem:
        said(problem)


@FEW
@given(
    st.dictionaries(
        st.sampled_from([READER_HEADER, TIME_HEADER, NONCE_HEADER, SIGNATURE_HEADER]),
        st.one_of(st.text(max_size=90), st.sampled_from([str(uuid.UUID(int=1)), "0", "AAAA"])),
    )
)
def test_signature_headers_are_read_or_refused(headers):
    try:
        found = read_headers(headers)
    except SignatureError as problem:
        said(problem)
    else:
        assert isinstance(found.reader, uuid.UUID)


@FEW
@given(st.text(max_size=40))
def test_what_is_typed_for_a_mark_or_part_of_one_is_normalised_or_refused(text):
    try:
        vrm = normalise(text)
    except InvalidVrm:
        pass
    else:
        assert vrm.isascii()
        assert vrm.isalnum()
        assert normalise(vrm) == vrm
    try:
        pattern = VrmPattern.parse(text)
    except InvalidVrm:
        return
    assert VrmPattern.parse(pattern.text).text == pattern.text


@FEW
@given(LINES.map("\n".join))
def test_lists_of_marks_and_corners_are_taken_or_refused_without_repeating_them(text):
    try:
        marks = marks_in(text)
    except MarkListError as problem:
        said(problem)
    else:
        assert all(normalise(one) == one for one in marks)
    try:
        found = corners(text)
    except AreaError as problem:
        said(problem)
    else:
        assert all(-90 <= one <= 90 and -180 <= other <= 180 for one, other in found)


@FEW
@given(st.lists(st.tuples(st.floats(), st.floats()), max_size=6))
def test_corners_of_any_numbers_lie_on_the_earth_or_are_refused(points):
    text = "\n".join(f"{one}, {other}" for one, other in points)
    try:
        found = corners(text)
    except AreaError:
        return
    assert len(found) >= 3
    assert all(-90 <= one <= 90 and -180 <= other <= 180 for one, other in found)
