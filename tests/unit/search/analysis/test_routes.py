import pytest

from openanpr.search.analysis.routes import runs_along
from tests.unit.search.analysis.drives import MINUTE, START


@pytest.mark.parametrize(
    ("visits", "runs"),
    [
        ([(0, 0), (1, 5), (2, 9)], [9]),
        ([(2, 0), (1, 5), (0, 9)], []),
        ([(0, 0), (1, 5), (2, 40)], []),
        ([(0, 0), (0, 4), (1, 5), (2, 9), (2, 10)], [9]),
        ([(0, 0), (1, 29), (1, 30), (2, 60)], [60]),
        ([(0, 0), (1, 5), (2, 9), (0, 20), (1, 25), (2, 30)], [9, 10]),
        ([(0, 0), (2, 9)], []),
        ([], []),
    ],
)
def test_places_in_order_each_within_half_an_hour(visits, runs):
    moments = [(number, START + minutes * MINUTE) for number, minutes in visits]
    found = runs_along(moments, places=3, within=30 * MINUTE)
    assert [one.length for one in found] == [minutes * MINUTE for minutes in runs]
