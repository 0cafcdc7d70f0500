"""Alerts stand by harm and by what to beware of."""

from openanpr.alerts.ranking import severity


def test_a_graver_priority_comes_first_and_a_warning_lifts_within_it() -> None:
    assert severity(priority=1, markers=[]) < severity(priority=2, markers=["VI"])
    assert severity(priority=2, markers=["VI"]) < severity(priority=2, markers=["DR"])
    assert severity(priority=2, markers=["DR"]) < severity(priority=2, markers=[])


def test_firearms_and_explosives_lift_past_the_next_priority() -> None:
    for marker in ("FI", "XP"):
        assert severity(priority=2, markers=[marker]) < severity(priority=1, markers=[])


def test_only_the_gravest_marker_counts_and_an_unknown_one_lifts_nothing() -> None:
    assert severity(priority=3, markers=["VI", "DR", "ZZ"]) == severity(priority=3, markers=["VI"])
    assert severity(priority=3, markers=["ZZ"]) == severity(priority=3, markers=[])
