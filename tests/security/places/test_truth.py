"""The search for leaks finds what is planted, however it is written, and nothing in plain pages."""

import base64
import io
import json
import math
import zipfile
import zlib

import pytest

from tests.security.places.truth import Truth, _geohash, found_in

TRUTH = Truth(
    name="Quarrendon Ford Lane at Vexham Mill, QX9 7ZZ",
    code="QXV-771",
    road="Quarrendon Ford Lane",
    postcode="QX9 7ZZ",
    latitude=57.418263,
    longitude=-3.927451,
    words=("Quarrendon Ford", "Vexham Mill"),
)


def zipped(text: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", text)
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ("<td>QUARRENDON&nbsp;FORD LANE</td>", "word:Quarrendon Ford"),
        ("/sites/quarrendon-ford-lane/", "word:Quarrendon Ford"),
        ("?at=Vexham%20Mill", "word:Vexham Mill"),
        ('{"name": "Vexham\\u0020Mill"}', "word:Vexham Mill"),
        ("qx97zz", "postcode"),
        ("near QX9 7ZZ.", "postcode"),
        ("site QXV-771", "code"),
        ("57.418263", "latitude"),
        ("57.418", "latitude"),
        ("57.4183, -3.9275", "longitude"),
        ("[-3.927,57.4]", "longitude"),
        ("3,927451", "longitude"),
        ('{"lat": 57418263}', "latitude"),
        ('"lon":-39274510', "longitude"),
        ("57° 25' 05.7\" N", "latitude"),
        ("57°25.0958\u2032", "latitude"),
        ("5725.0958,N", "latitude"),
        ("003 deg 55 min 38", "longitude"),
        (_geohash(TRUTH)[:7], "geohash"),
        (base64.b64encode(b'{"place": "Vexham Mill, 57.418263"}').decode(), "latitude"),
    ],
)
def test_each_way_of_telling_is_found(content, kind):
    assert kind in found_in(content.encode(), TRUTH)


def test_packed_answers_are_unpacked():
    page = "<v>57.418263</v><t>Vexham Mill</t>"
    wanted = {"latitude", "word:Vexham Mill"}
    assert wanted <= found_in(zipped(page), TRUTH)
    pdf = b"%PDF-1.7\nstream\n" + zlib.compress(page.encode()) + b"endstream\n"
    assert wanted <= found_in(pdf, TRUTH)
    assert wanted <= found_in(page.encode("utf-16-le"), TRUTH)


def test_the_web_maps_own_metres_are_found():
    x = math.radians(TRUTH.longitude) * 6378137
    y = math.log(math.tan(math.pi / 4 + math.radians(TRUTH.latitude) / 2)) * 6378137
    assert "projected" in found_in(json.dumps({"bbox": [round(x), round(y)]}).encode(), TRUTH)


@pytest.mark.parametrize(
    "content",
    [
        "Northgate, Camera 7/1/3, 22 November 2026, 14:57:25 UTC, 97%, OA30 AAA, 57.4 per cent",
        "2026-11-22T21:57:25.095812+00:00",
        "0199a57c-4182-7630-8392-745100000000",
        "123456.789 52.418263 4.927451",
    ],
)
def test_a_page_that_tells_nothing_is_left_alone(content):
    assert found_in(content.encode(), TRUTH) == set()
