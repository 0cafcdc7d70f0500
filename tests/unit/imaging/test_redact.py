"""Everything but the plate is painted over, and nothing leaves where the plate isn't found."""

import numpy as np

from openanpr.imaging import Box, crop, decode, find_part, only_part, overview_jpeg, patch_jpeg


def scene(seed: int) -> np.ndarray:
    """A street of blocks with a plate-like pattern of bars at x 500, y 320, 160 x 40."""
    chance = np.random.default_rng(seed)
    blocks = chance.integers(60, 120, (9, 16, 3)).astype(np.uint8)
    picture = np.kron(blocks, np.ones((80, 80, 1), dtype=np.uint8))
    plate = np.full((40, 160, 3), 235, dtype=np.uint8)
    for left in (8, 26, 50, 63, 90, 112, 118, 140):
        plate[6:34, left : left + 7] = 15
    picture[320:360, 500:660] = plate
    return picture


def test_the_plate_is_found_at_another_size_and_all_else_is_painted_over() -> None:
    whole = scene(1)
    patch = decode(patch_jpeg(crop(whole, x=500, y=320, width=160, height=40)))
    assert patch.shape[1] < 160
    found = find_part(decode(overview_jpeg(whole)), patch)
    assert found is not None
    scale = decode(overview_jpeg(whole)).shape[1] / 1280
    assert abs(found.x - 500 * scale) <= 12 * scale
    assert abs(found.y - 320 * scale) <= 6 * scale
    assert abs(found.width - 160 * scale) <= 24 * scale
    covered = only_part(whole, Box(x=500, y=320, width=160, height=40))
    assert (covered[320:360, 500:660] == whole[320:360, 500:660]).all()
    covered[320:360, 500:660] = covered[0, 0]
    assert len(np.unique(covered)) == 1
    assert (whole[0] != covered[0]).any(), "the picture itself is left as it was"


def test_what_is_not_in_the_picture_is_not_found() -> None:
    chance = np.random.default_rng(3)
    other = chance.integers(0, 255, (30, 110, 3)).astype(np.uint8)
    assert find_part(scene(2), other) is None
    even = np.full((30, 110, 3), 90, dtype=np.uint8)
    assert find_part(scene(2), even) is None


def test_a_box_at_the_edge_is_cut_to_the_picture() -> None:
    whole = scene(4)
    covered = only_part(whole, Box(x=-20, y=700, width=40, height=90))
    assert (covered[700:, :20] == whole[700:, :20]).all()
    assert len(np.unique(covered[:700])) == 1
