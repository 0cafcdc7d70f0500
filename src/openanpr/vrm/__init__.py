"""Vehicle registration marks: the value, its layouts, folding, patterns, masking and packing."""

from openanpr.vrm.confusion import CONFUSABLE_CLASSES, SAME_GLYPH, confusable_with, confusions
from openanpr.vrm.layouts import LAYOUTS, Layout, age_codes_at, display, layouts_of, plausibility
from openanpr.vrm.mark import (
    ALPHABET,
    MAX_LENGTH,
    InvalidVrm,
    Vrm,
    canonical,
    mask,
    normalise,
    pack,
    unpack,
)
from openanpr.vrm.pattern import VrmPattern

__all__ = [
    "ALPHABET",
    "CONFUSABLE_CLASSES",
    "LAYOUTS",
    "MAX_LENGTH",
    "SAME_GLYPH",
    "InvalidVrm",
    "Layout",
    "Vrm",
    "VrmPattern",
    "age_codes_at",
    "canonical",
    "confusable_with",
    "confusions",
    "display",
    "layouts_of",
    "mask",
    "normalise",
    "pack",
    "plausibility",
    "unpack",
]
