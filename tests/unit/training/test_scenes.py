import numpy as np
from training import scenes
from training.sources import Frame


def test_plates_lie_in_the_picture_with_their_corners_in_the_box() -> None:
    rng = np.random.default_rng(1)

    drawn = [scenes.random_scene(rng, []) for _ in range(25)]

    assert any(scene.boxes for scene in drawn)
    for scene in drawn:
        assert scene.image.shape == (scenes.HEIGHT, scenes.WIDTH)
        assert len(scene.boxes) == len(scene.corners)
        for (x, y, w, h), corners in zip(scene.boxes, scene.corners, strict=True):
            assert corners is not None
            assert np.allclose(corners.min(0), [x, y], atol=0.01)
            assert np.allclose(corners.max(0), [x + w, y + h], atol=0.01)
            assert -4 < x < x + w < scenes.WIDTH + 4


def test_real_plates_of_a_frame_are_kept_without_corners() -> None:
    grey = np.full((540, 960), 80, np.uint8)
    frame = Frame("made/0", "0" * 64, grey, np.array([[400.0, 300.0, 90.0, 22.0]]))
    rng = np.random.default_rng(2)

    drawn = [scenes.random_scene(rng, [frame]) for _ in range(25)]

    real = [c for scene in drawn for c in scene.corners if c is None]
    assert real
