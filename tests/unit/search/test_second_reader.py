"""The installed models on a picture that is one plate, and on what is no picture."""

import numpy as np

from openanpr.imaging import PATCH_LIMITS, encode_jpeg
from openanpr.rendering.plates import render_plate
from openanpr.rendering.styles import demo_style
from openanpr.search.second_reader import installed_reader


def test_a_patch_is_read_and_what_is_no_plate_or_no_picture_is_not():
    reader = installed_reader()
    plate = render_plate("OA30AAA", style=demo_style(1), rng=np.random.default_rng(1))
    look = reader.read(encode_jpeg(plate.image, limits=PATCH_LIMITS))
    assert look is not None
    assert (look.vrm, 0.5 < look.confidence <= 1.0) == ("OA30AAA", True)
    assert reader.version
    assert reader.read(b"no picture") is None
    assert reader.read(encode_jpeg(np.full((30, 100, 3), 9, np.uint8), limits=PATCH_LIMITS)) is None
