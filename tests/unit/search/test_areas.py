"""Corners of an area, and lists of marks, as people write them."""

import pytest

from openanpr.search.areas import AreaError, corners, lies_within
from openanpr.search.mark_lists import MarkListError, marks_in

ELL = corners("0 0\n0, 4\n2, 4\n2 2\n4,2\n4 0")


@pytest.mark.parametrize(
    ("point", "inside"),
    [((1, 1), True), ((1, 3), True), ((3, 3), False), ((3, 1), True), ((5, 1), False)],
)
def test_a_point_lies_in_an_area_that_bends(point, inside):
    assert lies_within(point, ELL) is inside
    assert lies_within(point, ELL[::-1]) is inside


@pytest.mark.parametrize("text", ["", "1,1\n2,2", "a,b\n1,1\n2,2", "1,1,1\n2,2\n3,3", "nan 1"])
def test_what_is_no_area(text):
    with pytest.raises(AreaError):
        corners(text)


def test_marks_of_a_list_are_taken_once_and_wrong_lines_are_named_not_repeated():
    assert marks_in('Mark\n"oa30 aaa",x\n\nOA30AAA\nKB82-ZZX;y') == {"OA30AAA", "KB82ZZX"}
    with pytest.raises(MarkListError, match="Lines 2, 3, 4, 5, 6 and 1 more") as problem:
        marks_in("OA30AAA\n" + "SECRET!\n" * 6)
    assert "SECRET" not in str(problem.value)
