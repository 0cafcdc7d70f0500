"""The weights of exported models, read back under the names that training gave them."""

from pathlib import Path

import numpy as np
import pytest
from training.onnx_weights import weights_of

from openanpr.reading import load_manifest


def test_the_recogniser_s_weights_come_back_with_names_and_shapes() -> None:
    found = weights_of(load_manifest().recogniser.path)
    assert found.named["look.weight"].shape == (10, 80)
    assert found.named["order.qkv.weight"].shape == (384, 128)
    assert found.named["country.weight"].shape == (16, 96)
    assert found.named["place_fine"].shape == (1, 216, 80)
    assert [weight.shape[0] for weight, _ in found.folded] == [24, 48, 48, 48, 80, 80, 80, 80, 80]
    assert all(bias.shape == (weight.shape[0],) for weight, bias in found.folded)


def test_the_detector_s_last_layer_stays_apart_from_the_folded_ones() -> None:
    found = weights_of(load_manifest().detector.path)
    assert found.named["out.weight"].shape == (13, 64, 1, 1)
    assert len(found.folded) == 29
    assert all(np.isfinite(weight).all() for weight, _ in found.folded)


def test_a_file_that_is_no_onnx_file_is_told(tmp_path: Path) -> None:
    for data in (b"", b"nothing at all", b"\xff" * 50):
        (tmp_path / "a.onnx").write_bytes(data)
        with pytest.raises(ValueError, match="no ONNX file"):
            weights_of(tmp_path / "a.onnx")
