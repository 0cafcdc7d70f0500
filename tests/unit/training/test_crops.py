import numpy as np
import pytest
from training import crops
from training.marks import COUNTRY_SHARES, mark_of, random_mark

from openanpr.rendering.styles import COUNTRIES


def test_at_least_half_of_the_marks_are_british() -> None:
    rng = np.random.default_rng(1)

    marks = [random_mark(rng) for _ in range(800)]

    assert sum(mark.country == "GB" for mark in marks) > 400


@pytest.mark.parametrize("country", list(COUNTRY_SHARES))
def test_marks_fit_the_slots_and_their_groups(country: str) -> None:
    rng = np.random.default_rng(2)

    for _ in range(60):
        mark = mark_of(rng, country)
        assert 1 <= len(mark.vrm) <= crops.SLOTS
        assert set(mark.vrm) <= set(crops.ALPHABET)
        assert mark.groups is None or sum(mark.groups) == len(mark.vrm)


def test_a_crop_tells_its_characters_in_order_and_where_they_stand() -> None:
    rng = np.random.default_rng(3)

    seen = [crops.random_crop(rng, []) for _ in range(60)]

    plates = [crop for crop in seen if crop.readable]
    assert 40 < len(plates) < 60
    for crop in seen:
        assert crop.image.shape == (crops.HEIGHT, crops.WIDTH)
        assert crop.image.dtype == np.uint8
    for crop in plates:
        count = int((crop.classes > 0).sum())
        assert (crop.classes[:count] > 0).all()
        assert np.isfinite(crop.centres[:count]).all()
        assert np.isnan(crop.centres[count:]).all()
        assert 0 <= crop.country < len(COUNTRIES)
        if crop.lines == 1:
            assert (np.diff(crop.centres[:count, 0]) > 0).all()


def test_a_crop_without_a_plate_has_no_characters() -> None:
    crop = crops.negative(np.random.default_rng(4), [])

    assert not crop.readable
    assert not crop.classes.any()


def test_a_seed_gives_the_same_crop() -> None:
    one = crops.random_crop(np.random.default_rng(6), [])
    two = crops.random_crop(np.random.default_rng(6), [])

    assert np.array_equal(one.image, two.image)
    assert np.array_equal(one.classes, two.classes)
