"""What a change of the profile would change, in words."""

from openanpr.access.differences import Difference, differences
from openanpr.access.profiles import parse_profile, shipped_profile, shipped_toml

ESSEX = shipped_profile("essex-2y")


def changed(*replacements):
    text = shipped_toml("essex-2y")
    for old, new in replacements:
        assert old in text
        text = text.replace(old, new)
    return parse_profile(text, source="changed")


def test_a_profile_does_not_differ_from_itself_or_by_its_version_alone():
    assert differences(ESSEX, ESSEX) == ()
    assert differences(ESSEX, changed(('version = "1"', 'version = "2"'))) == ()


def test_each_changed_setting_is_one_line_in_words():
    new = changed(
        ('lowest_rank = "inspector"', 'lowest_rank = "superintendent"'),
        ("search_rows = 1000", "search_rows = 200"),
        ("longest_days = 28", "longest_days = 7"),
        ('[actions.export]\nroles = ["analyst"]', "[actions.export]\nroles = []"),
        ('not_by = ["self"]', 'not_by = ["self", "own-unit"]'),
        ("clock_tolerance_seconds = 2", "clock_tolerance_seconds = 0"),
    )
    assert set(differences(ESSEX, new)) == {
        Difference(
            "Reads of the band 90-days-to-12-months: authority of", "inspector", "superintendent"
        ),
        Difference("Limit: search rows", "1000", "200"),
        Difference("Longest life of an authorisation", "28 days", "7 days"),
        Difference("Export: roles", "analyst", "nobody"),
        Difference(
            "Who may not authorise",
            "the person who asks",
            "the person who asks, an officer of the unit that asks",
        ),
        Difference("A read may be ahead of the clock by", "2 seconds", "0 seconds"),
    }


def test_a_band_that_is_gone_and_one_that_is_new_are_both_named():
    found = {one.what: one for one in differences(ESSEX, shipped_profile("example-12m"))}
    gone = found["Reads of the band 12-to-24-months: until the age of"]
    assert (gone.before, gone.after) == ("24 months", "not there")
    assert found["Reads are kept for"].after == "12 months"
