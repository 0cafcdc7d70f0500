"""The published matrix, cell by cell as the guidance has it."""

import pytest

from openanpr.governance.matrix import matrix, strength
from openanpr.governance.vocabulary import Ground, RoadKind, Usual

V, M, E = Usual.VERY_LIKELY, Usual.MOST_CASES, Usual.EXCEPTIONAL
PUBLISHED = {
    RoadKind.STRATEGIC: (V, V, M, E),
    RoadKind.MAJOR: (V, V, M, E),
    RoadKind.MINOR: (V, M, M, E),
    RoadKind.CROWDED_PLACE: (V, M, M, E),
    RoadKind.PRIVATE_PLACE: (M, E, E, E),
}


@pytest.mark.parametrize("road", RoadKind)
def test_the_matrix_is_the_published_one(road: RoadKind) -> None:
    assert tuple(matrix()[road][ground] for ground in Ground) == PUBLISHED[road]


@pytest.mark.parametrize(
    ("grounds", "road", "expected"),
    [
        ([], RoadKind.MAJOR, None),
        ([Ground.CONFIDENCE], RoadKind.MAJOR, E),
        ([Ground.CONFIDENCE, Ground.LOCAL], RoadKind.MAJOR, M),
        ([Ground.CONFIDENCE, Ground.LOCAL, Ground.SERIOUS], RoadKind.MAJOR, V),
        ([Ground.SERIOUS, Ground.LOCAL], RoadKind.PRIVATE_PLACE, E),
    ],
)
def test_the_highest_ground_that_applies_decides(
    grounds: list[Ground], road: RoadKind, expected: Usual | None
) -> None:
    assert strength(grounds, road) == expected
