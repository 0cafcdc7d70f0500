from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from openanpr.rendering.faces import DEMO_VARIANTS, FACES, TRAINING_VARIANTS, alphabet
from openanpr.rendering.glyphs import glyph_mask, glyph_width
from openanpr.rendering.plates import render_plate
from openanpr.rendering.styles import COUNTRIES, PlateStyle, demo_pair, demo_style, random_style

CHARACTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
MARK = "OA30AAA"


def _rng(seed: int = 1) -> np.random.Generator:
    return np.random.default_rng(seed)


def test_a_british_plate_has_the_published_size() -> None:
    plate = render_plate(MARK, style=PlateStyle(), rng=_rng())

    assert plate.image.shape[1] == 520
    assert 105 <= plate.image.shape[0] <= 115
    assert plate.lines == 1


def test_characters_have_the_published_geometry() -> None:
    boxes = render_plate(MARK, style=PlateStyle(), rng=_rng()).characters

    assert [box.char for box in boxes] == list(MARK)
    assert {(box.w, box.h) for box in boxes} == {(50.0, 79.0)}
    gaps = [after.x - before.x - before.w for before, after in pairwise(boxes)]
    assert gaps == pytest.approx([11, 11, 11, 33, 11, 11])


def test_a_one_is_one_stroke_wide() -> None:
    assert glyph_width("1", alphabet("charles-wright", 0)) == 14


def test_ink_lies_inside_each_character_box() -> None:
    plate = render_plate(MARK, style=PlateStyle(), rng=_rng())
    grey = plate.image.min(axis=2)

    for box in plate.characters:
        part = grey[int(box.y) : int(box.y + box.h), int(box.x) : int(box.x + box.w)]
        assert (part < 60).mean() > 0.2
    inside = np.zeros(grey.shape, bool)
    for box in plate.characters:
        inside[int(box.y) - 1 : int(box.y + box.h) + 2, int(box.x) - 1 : int(box.x + box.w) + 2] = (
            True
        )
    assert grey[~inside].min() > 150


@pytest.mark.parametrize("layout", ["two-line", "motorcycle"])
def test_two_lines_are_read_from_the_top(layout: str) -> None:
    style = replace(PlateStyle(), layout=layout)  # type: ignore[arg-type]
    plate = render_plate(MARK, style=style, rng=_rng())

    assert plate.lines == 2
    tops = [box.y for box in plate.characters]
    assert tops[:4] == [tops[0]] * 4
    assert tops[4] > tops[0] + plate.characters[0].h


def test_the_same_seed_draws_the_same_picture() -> None:
    style = random_style(_rng(5))

    first = render_plate(MARK, style=style, rng=_rng(7))
    second = render_plate(MARK, style=style, rng=_rng(7))

    assert np.array_equal(first.image, second.image)


@pytest.mark.parametrize("bad", ["", "oa30aaa", "OA30 AAA", "ÅA30AAA"])
def test_what_is_no_mark_is_refused(bad: str) -> None:
    with pytest.raises(ValueError, match="characters 0-9 and A-Z"):
        render_plate(bad, style=PlateStyle(), rng=_rng())


def test_training_never_wears_the_style_of_the_demo() -> None:
    rng = _rng(3)
    assert not set(TRAINING_VARIANTS) & set(DEMO_VARIANTS)

    for country in COUNTRIES:
        for _ in range(60):
            assert not random_style(rng, country=country).for_demo
    assert all(demo_style(number).for_demo for number in range(12))
    assert all(style.for_demo for number in range(4) for style in demo_pair(number))


def test_front_and_rear_of_a_vehicle_differ_in_colour_alone() -> None:
    front, rear = demo_pair(0)

    assert front != rear
    assert replace(rear, background=front.background) == front


@pytest.mark.parametrize("face", FACES)
def test_characters_of_a_face_are_told_apart(face: str) -> None:
    masks = {char: glyph_mask(face, 0, char, 0.5) for char in CHARACTERS}  # type: ignore[arg-type]
    same = {("0", "O"), ("1", "I")}

    for one in CHARACTERS:
        for other in CHARACTERS:
            if one < other and (one, other) not in same and masks[one].shape == masks[other].shape:
                difference = np.abs(masks[one].astype(int) - masks[other].astype(int)).mean()
                assert difference > 4, (one, other)


def test_group_lengths_must_add_up() -> None:
    with pytest.raises(ValueError, match="add up"):
        render_plate("BAB1234", style=PlateStyle(country="DE"), rng=_rng(), groups=(1, 2))
