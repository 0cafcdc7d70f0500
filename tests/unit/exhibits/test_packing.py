"""The files of a pack: what each edition says and withholds, whatever people are called."""

import csv
import hashlib
import io
import json

import numpy as np
import pytest
from python_calamine import CalamineWorkbook

from openanpr.exhibits.content import decoded, encoded
from openanpr.exhibits.drawing import Spot, map_of
from openanpr.exhibits.forms import initials_of
from openanpr.exhibits.jurisdictions import forms
from openanpr.exhibits.packing import files_of
from openanpr.exhibits.report import report_of
from openanpr.exhibits.statement import statement_of
from openanpr.exhibits.vocabulary import Jurisdiction
from openanpr.imaging import PATCH_LIMITS, encode_jpeg
from openanpr.papers import Notice, Text
from tests.factories.evidence import ODD, content, packed_read

FORM = forms()[Jurisdiction.ENGLAND_AND_WALES]


def texts(paper):
    return [block.text for block in paper.blocks if isinstance(block, Text | Notice)]


def test_every_form_holds_what_a_person_typed_as_text_and_nothing_as_formula():
    files = files_of(content(), FORM, lambda _: None)
    assert files["report.pdf"].startswith(b"%PDF-")
    assert files["statement.pdf"].startswith(b"%PDF-")
    rows = list(csv.DictReader(io.StringIO(files["reads.csv"].decode())))
    assert rows[0]["direction"].startswith("'=cmd")
    book = CalamineWorkbook.from_filelike(io.BytesIO(files["reads.xlsx"]))
    assert ["recipient", ODD] in book.get_sheet_by_name("About").to_python()
    assert json.loads(files["reads.json"])["about"]["reason"] == ODD
    assert json.loads(files["continuity.json"])["continuity"][0]["by"] == ODD
    readings = json.loads(files["readings.json"])["readings"][0]
    assert (readings["mark"], readings["first_read_as"]) == ("OA30AAA", "0A30AAA")
    assert b"<script" not in files["map.svg"]


def test_the_content_is_the_same_after_it_waited_for_its_job():
    whole = content()
    assert decoded(encoded(whole)) == whole


@pytest.mark.parametrize("jurisdiction", list(Jurisdiction))
def test_the_draft_statement_takes_the_form_of_the_courts_and_states_its_limits(jurisdiction):
    form = forms()[jurisdiction]
    paper = statement_of(content(), form)
    assert paper.title == form.statement
    assert form.declaration in texts(paper)
    assert paper.watermark.startswith("DRAFT")
    assert any("not who drove" in item for block in paper.blocks for item in _items(block))


def _items(block):
    return getattr(block, "items", ())


def test_the_open_edition_says_what_it_withholds_and_both_say_what_is_left_out():
    said = texts(report_of(content(), {}))
    assert any(line.startswith("This is the open edition.") for line in said)
    assert any("1 of the 2 reads that were picked" in line for line in said)
    sensitive = texts(report_of(content(exact=True, picked=1), {}))
    assert not any("edition" in line for line in sensitive)


def jpeg():
    return encode_jpeg(np.full((30, 100, 3), 128, np.uint8), limits=PATCH_LIMITS)


def test_a_picture_that_is_not_what_it_was_is_named_and_left_out():
    good = jpeg()
    hashes = [hashlib.sha256(good).hexdigest(), "1" * 64]
    reads = [packed_read(number, patch=one) for number, one in enumerate(hashes, 1)]
    files = files_of(content(reads=reads), FORM, lambda _: good)
    named = json.loads(files["pictures.json"])
    assert [one["path"] for one in named["pictures"]] == ["pictures/0001-plate.jpg"]
    assert [one["kept_sha256"] for one in named["not in the store"]] == ["1" * 64]
    assert files["pictures/0001-plate.jpg"] == good


def test_sites_are_drawn_to_scale_and_areas_in_a_list():
    sites = map_of(
        [
            Spot(label="A <b>", reads=2, latitude=51.7, longitude=0.46),
            Spot(label="B", reads=1, latitude=51.8, longitude=0.60),
        ]
    )
    assert "km</text>" in sites
    assert "A &lt;b&gt;: 2" in sites
    assert "km</text>" not in map_of([Spot(label="Northgate", reads=3)])


@pytest.mark.parametrize(
    ("name", "initials"), [("Ada Example", "AE"), ("Zed", "ZX"), ("李", "XX"), ("", "XX")]
)
def test_initials_are_offered_of_any_name(name, initials):
    assert initials_of(name) == initials
