"""Whatever is done to a chain, both checkers find it and name the row."""

import importlib.util
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openanpr.audit.canonical import FIELDS
from openanpr.audit.chain import START, Link, check
from openanpr.audit.export import write_export
from tests.unit.audit.rows import chain, simple_chain

CHECKER = Path(__file__).parents[3] / "verify" / "audit_check.py"

specification = importlib.util.spec_from_file_location("audit_check", CHECKER)
audit_check = importlib.util.module_from_spec(specification)
specification.loader.exec_module(audit_check)

texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=12)
some_values = st.lists(
    st.dictionaries(st.sampled_from(FIELDS), texts, max_size=5), min_size=2, max_size=8
)


def exported(rows, *, redacted=False, head=None):
    file = io.StringIO()
    last = Link(rows[-1].sequence, rows[-1].hash) if rows else START
    verdict = write_export(rows, file, redacted=redacted, head=head or last)
    return verdict, file.getvalue()


def outside(text, head=None):
    """What the stand-alone checker says: ``None`` for whole, or its complaint."""
    try:
        audit_check.check(io.BytesIO(text.encode()), head)
    except audit_check.BrokenError as problem:
        return str(problem)
    return None


def head_of(rows):
    return Link(rows[-1].sequence, rows[-1].hash)


@given(values=some_values, redacted=st.booleans())
@settings(max_examples=60)
def test_a_whole_chain_passes_both_checkers(values, redacted):
    rows = chain(values)
    verdict, text = exported(rows, redacted=redacted)
    assert verdict.whole
    assert verdict.rows == len(rows)
    assert outside(text, rows[-1].hash.hex()) is None


@given(data=st.data(), values=some_values)
@settings(max_examples=100)
def test_a_changed_field_is_found_at_its_row(data, values):
    rows = chain(values)
    place = data.draw(st.integers(0, len(rows) - 1))
    name = data.draw(st.sampled_from(FIELDS))
    other = data.draw(texts.filter(lambda text: text != rows[place].values[name]))
    known = head_of(rows)
    rows[place] = replace(rows[place], values={**rows[place].values, name: other})
    verdict = check(rows, head=known)
    assert verdict.broken is not None
    assert verdict.broken.sequence == place + 1
    assert verdict.rows == place
    assert f"row {place + 1}" in outside(exported(rows)[1])


@given(data=st.data(), values=some_values)
@settings(max_examples=60)
def test_a_changed_row_that_was_hashed_again_is_found_at_the_next(data, values):
    rows = chain(values)
    known = head_of(rows)
    place = data.draw(st.integers(0, len(rows) - 1))
    changed = {**rows[place].values, "reason": rows[place].values["reason"] + "!"}
    rows[place] = replace(rows[place], values=changed)
    rows[place] = replace(rows[place], hash=rows[place].computed_hash())
    verdict = check(rows, head=known)
    assert verdict.broken is not None
    assert verdict.broken.sequence == min(place + 2, len(rows))
    assert outside(exported(rows)[1], known.hash.hex()) is not None


@given(data=st.data(), values=some_values)
@settings(max_examples=60)
def test_a_removed_row_is_found_at_its_place(data, values):
    rows = chain(values)
    known = head_of(rows)
    place = data.draw(st.integers(0, len(rows) - 1))
    del rows[place]
    verdict = check(rows, head=known)
    assert verdict.broken is not None
    assert verdict.broken.sequence == place + 1
    if rows:
        assert outside(exported(rows)[1], known.hash.hex()) is not None


@given(data=st.data(), values=some_values)
@settings(max_examples=60)
def test_an_inserted_row_is_found(data, values):
    rows = chain(values)
    place = data.draw(st.integers(0, len(rows) - 1))
    rows.insert(place, rows[place])
    verdict = check(rows, head=head_of(rows))
    assert verdict.broken is not None
    assert verdict.broken.sequence == place + 1
    assert outside(exported(rows)[1]) is not None


@given(data=st.data(), values=some_values, renumbered=st.booleans())
@settings(max_examples=60)
def test_rows_in_another_order_are_found(data, values, renumbered):
    rows = chain([{**value, "subject": str(n)} for n, value in enumerate(values)])
    known = head_of(rows)
    first = data.draw(st.integers(0, len(rows) - 2))
    one, other = rows[first], rows[first + 1]
    if renumbered:
        one, other = (
            replace(one, sequence=other.sequence),
            replace(other, sequence=one.sequence),
        )
    rows[first : first + 2] = [other, one]
    verdict = check(rows, head=known)
    assert verdict.broken is not None
    assert verdict.broken.sequence in {first + 1, first + 2}
    assert outside(exported(rows)[1]) is not None


def test_rows_cut_off_at_the_end_show_against_the_known_end():
    rows = simple_chain(5)
    verdict = check(rows[:3], head=head_of(rows))
    assert verdict.broken is not None
    assert verdict.broken.sequence == 4


def test_rows_past_the_known_end_are_found():
    rows = simple_chain(5)
    verdict = check(rows, head=head_of(rows[:3]))
    assert verdict.broken is not None
    assert verdict.broken.sequence == 4


def test_a_check_goes_on_from_where_the_last_one_ended():
    rows = simple_chain(6)
    assert check(rows[3:], after=head_of(rows[:3]), head=head_of(rows)).whole
    broken = check(rows[3:], after=Link(3, b"x" * 32)).broken
    assert broken is not None
    assert broken.sequence == 4


def test_an_empty_audit_is_whole():
    assert check([], head=START).whole
    assert outside(exported([])[1]) is None


def test_a_redacted_export_holds_no_name_mark_or_reason():
    secrets = {
        "actor_name": "Ada Example",
        "actor_account": "ada",
        "actor_person": "P1",
        "reason": "because of OA30AAA",
        "payload": '{"vrm": "OA30AAA"}',
        "subject": "person:P1",
        "source_address": "192.0.2.1",
    }
    _, text = exported(chain([{"verb": "test.do", **secrets}]), redacted=True)
    assert "test.do" in text
    for secret in secrets.values():
        assert json.dumps(secret) not in text
    assert "OA30AAA" not in text
    # The row's own salt would let anybody try marks against the digests.
    assert '"salt":' not in text


def lines_of(rows, **options):
    return exported(rows, **options)[1].splitlines(keepends=True)


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (lambda lines: lines[:-1], "without a trailer"),
        (lambda lines: lines[:-2] + lines[-1:], "row 3"),
        (lambda lines: lines[1:], "header"),
        (lambda lines: [*lines, lines[1]], "follows the trailer"),
        (lambda lines: [*lines[:2], "not json\n", *lines[3:]], "row 2"),
        (lambda lines: [*lines[:2], "[]\n", *lines[3:]], "row 2"),
        (lambda lines: [lines[0], lines[2], lines[1], *lines[3:]], "row 1"),
        (lambda lines: [*lines[:2], lines[2].replace('"fields"', '"files"'), *lines[3:]], "row 2"),
        (lambda lines: [*lines[:2], lines[2].replace('"salt"', '"malt"'), *lines[3:]], "row 2"),
        (lambda lines: [lines[0].replace("v1", "v2"), *lines[1:]], "header"),
        (lambda lines: [], "header"),
    ],
)
def test_a_spoilt_file_is_named(spoil, says):
    assert says in outside("".join(spoil(lines_of(simple_chain(3)))))


def test_a_field_that_is_both_shown_and_left_out_is_refused():
    lines = lines_of(simple_chain(1), redacted=True)
    row = json.loads(lines[1])
    row["fields"]["reason"] = "made up"
    lines[1] = json.dumps(row) + "\n"
    assert "both" in outside("".join(lines))


def test_a_field_that_no_row_has_is_refused():
    lines = lines_of(simple_chain(1))
    row = json.loads(lines[1])
    row["fields"]["note"] = "smuggled in"
    lines[1] = json.dumps(row) + "\n"
    assert "row 1" in outside("".join(lines))


@pytest.mark.parametrize(
    "spoil",
    [
        lambda line: line.replace('{"sequence"', '{"note":"smuggled in","sequence"'),
        lambda line: line.replace('"verb":', '"verb":"another","verb":'),
    ],
)
def test_what_a_reader_could_take_for_a_part_of_a_row_is_refused(spoil):
    lines = lines_of(simple_chain(2))
    lines[1] = spoil(lines[1])
    assert "row 1" in outside("".join(lines))


def test_a_file_hashed_again_from_end_to_end_fails_against_a_hash_kept_outside():
    true, forged = simple_chain(3), chain([{"reason": "forged"}] * 3)
    text = exported(forged)[1]
    assert outside(text) is None
    assert "outside" in outside(text, true[-1].hash.hex())


def test_the_checker_exits_with_one_and_says_where(tmp_path, capsys):
    file = tmp_path / "audit.jsonl"
    rows = simple_chain(2)
    file.write_text(exported(rows)[1], encoding="utf-8")
    assert audit_check.main([str(file)]) == 0
    assert f"whole: 2 rows, head {rows[-1].hash.hex()}" in capsys.readouterr().out
    file.write_text(file.read_text(encoding="utf-8").replace("reason 1", "reason 9"))
    assert audit_check.main([str(file)]) == 1
    assert "row 2" in capsys.readouterr().out
    assert audit_check.main([str(tmp_path / "none")]) == 1
