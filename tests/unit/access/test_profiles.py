"""Profiles: the shipped ones say what is published, and a wrong one is refused in a sentence."""

from datetime import timedelta
from importlib.resources import files
from pathlib import Path

import pytest

from openanpr.access.profile import Span
from openanpr.access.profiles import (
    DEFAULT,
    ProfileError,
    load_profile,
    parse_profile,
    shipped_names,
    shipped_profile,
)
from openanpr.access.vocabulary import Action, Category, Counting, NotBy, Rank, Role

TEXT = (files("openanpr.access") / "profiles" / "essex-2y.toml").read_text(encoding="utf-8")
EVERY = frozenset(Category) - {Category.NONE}


def changed(old: str, new: str, *, count: int = 1) -> str:
    assert old in TEXT
    return TEXT.replace(old, new, count)


def test_essex_says_what_essex_publishes() -> None:
    profile = shipped_profile("essex-2y")
    assert profile.name == DEFAULT
    assert profile.label == "essex-2y@1"
    assert profile.retention == Span(months=24)
    assert profile.clock_tolerance == timedelta(seconds=2)
    assert profile.counting is Counting.INSTANTS
    first, second, third = profile.bands
    assert (first.name, first.until, first.lowest_rank) == ("0-90-days", Span(days=90), None)
    assert first.categories == EVERY
    assert second.name == "90-days-to-12-months"
    assert (second.until, second.lowest_rank) == (Span(months=12), Rank.INSPECTOR)
    assert second.categories == EVERY - {Category.OTHER_LEGITIMATE}
    assert third.name == "12-to-24-months"
    assert (third.until, third.lowest_rank) == (Span(months=24), Rank.SUPERINTENDENT)
    assert third.categories == {Category.MAJOR, Category.COUNTER_TERRORISM}
    assert profile.authorisation.not_by == {NotBy.SELF}
    assert profile.authorisation.longest == timedelta(days=28)


def test_the_limits_of_essex() -> None:
    limits = shipped_profile("essex-2y").limits
    assert (limits.search_rows, limits.export_rows) == (1000, 500)
    assert limits.alert_window == timedelta(hours=24)
    assert limits.figure_delay == timedelta(hours=24)
    assert limits.list_entry_longest == timedelta(days=365)
    assert limits.profile_change_notice == timedelta(hours=1)
    assert (limits.plate_image_bytes, limits.overview_image_bytes) == (3072, 25600)
    assert limits.session_idle == timedelta(minutes=15)
    assert limits.session_longest == timedelta(hours=10)


def test_the_example_is_another_table() -> None:
    profile = shipped_profile("example-12m")
    assert profile.label == "example-12m@1"
    assert [band.name for band in profile.bands] == ["0-90-days", "90-days-to-12-months"]
    assert profile.retention == Span(months=12)
    assert Category.PRIORITY_AND_VOLUME not in profile.bands[1].categories
    assert profile.authorisation.not_by == {NotBy.SELF, NotBy.OWN_UNIT}


@pytest.mark.parametrize("name", ["essex-2y", "example-12m"])
def test_every_shipped_profile_gives_every_action_a_row(name: str) -> None:
    profile = shipped_profile(name)
    assert set(profile.actions) == set(Action)
    for action in (Action.SEARCH, Action.VIEW, Action.IMAGE, Action.EXPORT, Action.ALERT):
        assert not profile.actions[action].roles & {Role.SYSTEM_MANAGER, Role.AUDITOR}
        assert profile.actions[action].trained


def test_a_profile_is_found_by_name_or_by_path(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text(changed('name = "essex-2y"', 'name = "own"'), encoding="utf-8")
    assert load_profile(str(own)).name == "own"
    assert load_profile("essex-2y") is shipped_profile("essex-2y")
    bare = tmp_path / "profile"
    bare.write_text(TEXT, encoding="utf-8")
    assert load_profile(str(bare)) == shipped_profile("essex-2y")
    assert shipped_names() == ("essex-2y", "example-12m")


def test_an_unknown_name_is_answered_with_those_there_are() -> None:
    with pytest.raises(ProfileError, match=r"no profile named 'kent'\. Use one of essex-2y, exam"):
        load_profile("kent")


def test_an_unknown_path_or_one_that_is_no_text_is_said(tmp_path: Path) -> None:
    with pytest.raises(ProfileError, match=r"none\.toml can't be read\. Check that it exists"):
        load_profile(str(tmp_path / "none.toml"))
    picture = tmp_path / "picture.toml"
    picture.write_bytes(b"\xff\xd8\xff\xe0")
    with pytest.raises(ProfileError, match="can't be read"):
        load_profile(str(picture))


def test_a_profile_may_count_in_whole_days_and_narrow_a_band_to_roles() -> None:
    text = changed('counting = "instants"', 'counting = "days"')
    text = text.replace(
        'lowest_rank = "superintendent"', 'lowest_rank = "superintendent"\nroles = ["analyst"]'
    )
    profile = parse_profile(text, source="own")
    assert profile.counting is Counting.DAYS
    assert profile.bands[2].roles == {Role.ANALYST}
    assert profile.bands[1].roles is None


def test_neighbouring_bands_may_ask_the_same() -> None:
    text = changed('lowest_rank = "superintendent"', 'lowest_rank = "inspector"')
    same = text.replace("until = {", 'roles = ["analyst"]\nuntil = {')
    profile = parse_profile(same, source="own")
    assert [band.lowest_rank for band in profile.bands[1:]] == [Rank.INSPECTOR, Rank.INSPECTOR]
    assert [band.roles for band in profile.bands] == [frozenset({Role.ANALYST})] * 3


def test_the_longest_lengths_that_are_taken() -> None:
    text = changed("alert_window_hours = 24", "alert_window_hours = 876000")
    assert parse_profile(text, source="own").limits.alert_window == timedelta(days=36_500)
    over = changed("alert_window_hours = 24", "alert_window_hours = 876001")
    with pytest.raises(ProfileError, match=r": limits\.alert_window_hours must be under a hundred"):
        parse_profile(over, source="own")
    century = TEXT.replace("{ months = 24 }", "{ months = 1200 }")
    assert parse_profile(century, source="own").retention == Span(months=1200)
    by_days = TEXT.replace("{ months = 24 }", "{ days = 36500 }")
    assert parse_profile(by_days, source="own").retention == Span(days=36_500)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("name = ", "own is not valid TOML"),
        ("", "^The profile own can't be used: name is missing"),
        (changed('name = "essex-2y"', "name = 7"), "name must be text in quotes"),
        (changed('name = "essex-2y"', 'name = " "'), "name must be text in quotes"),
        (changed('"instants"', '"weeks"'), "counting can't be 'weeks'; use one of instants, days"),
        (changed('"instants"', "3"), "counting can't be 3; use one of instants, days"),
        (changed("clock_tolerance_seconds = 2", "clock_tolerance_seconds = -1"), "from 0 up"),
        (changed("clock_tolerance_seconds = 2", "clock_tolerance_seconds = true"), "whole number"),
        (changed("clock_tolerance_seconds = 2", "clock_tolerance_seconds = 1.5"), "whole number"),
        (
            changed("clock_tolerance_seconds = 2", "clock_tolerance_seconds = 99999999999"),
            "hundred",
        ),
        (changed("{ months = 24 }", "{ months = 25 }"), "last band must end where retention ends"),
        (changed("{ months = 24 }", "{ years = 2 }"), "retention must give either days or months"),
        (changed("{ months = 24 }", "{ days = 1, months = 1 }"), "either days or months"),
        (
            changed("{ months = 24 }", "{ months = 24, weeks = 1 }"),
            "retention.weeks is not a setting",
        ),
        (
            changed("{ months = 24 }", "{ months = 0 }"),
            "retention.months must be a whole number from 1",
        ),
        (
            changed("{ months = 24 }", "{ months = 1201 }"),
            "retention must be under a hundred years",
        ),
        (changed("{ months = 24 }", "{ days = 36501 }"), "retention must be under a hundred years"),
        (changed("{ months = 24 }", "24"), "retention must be a table"),
        (changed("{ days = 90 }", "{ days = 366 }"), "90-days-to-12-months must end later"),
        (changed("{ days = 90 }", "{ months = 12 }"), "90-days-to-12-months must end later"),
        (changed('name = "12-to-24-months"', 'name = "0-90-days"'), "a name of its own"),
        (changed('name = "12-to-24-months"', 'name = "future"'), "a name of its own"),
        (changed('name = "12-to-24-months"', 'name = "beyond-retention"'), "a name of its own"),
        (changed('name = "12-to-24-months"', 'name = "held-past-retention"'), "a name of its own"),
        (
            changed('["major", "counter-terrorism"]', '["major", "other-legitimate"]'),
            "12-to-24-months allows a category that band 90-days-to-12-months doesn't",
        ),
        (changed('lowest_rank = "superintendent"', 'lowest_rank = "sergeant"'), "a lower rank"),
        (changed('lowest_rank = "superintendent"', ""), "asks for a lower rank than band 90-days"),
        (
            changed("until = { days = 90 }", 'until = { days = 90 }\nroles = ["analyst"]'),
            "90-days-to-12-months is open to a role that band 0-90-days isn't",
        ),
        (
            changed(
                'lowest_rank = "inspector"', 'lowest_rank = "inspector"\nroles = ["analyst"]'
            ).replace(
                'lowest_rank = "superintendent"',
                'lowest_rank = "superintendent"\nroles = ["searcher"]',
            ),
            "12-to-24-months is open to a role",
        ),
        (changed('["other-legitimate"', '["none", "other-legitimate"'), '"none" is no category'),
        (
            changed('["major", "counter-terrorism"]', '["major", "major"]'),
            r"bands\[3\]\.categories names a word twice",
        ),
        (
            changed('["major", "counter-terrorism"]', '"major"'),
            r"bands\[3\]\.categories must be a list of words in brackets",
        ),
        (
            changed('["major", "counter-terrorism"]', '["murder"]'),
            r"bands\[3\].categories can't be 'murder'",
        ),
        (
            changed('lowest_rank = "inspector"', 'lowest_rank = "wizard"'),
            "lowest_rank can't be 'wizard'",
        ),
        (
            changed('lowest_rank = "inspector"', 'lowest_rnak = "inspector"'),
            "lowest_rnak is not a setting",
        ),
        (changed('not_by = ["self"]', "not_by = []"), 'not_by must name "self"'),
        (changed('not_by = ["self"]', 'not_by = ["own-unit"]'), 'not_by must name "self"'),
        (
            changed("longest_days = 28", "longest_days = 0"),
            "longest_days must be a whole number from 1",
        ),
        (
            changed("longest_days = 28", "longest_days = 28\nother = 1"),
            "authorisation.other is not a setting",
        ),
        (
            changed("search_rows = 1000", "search_rows = 0"),
            "limits.search_rows must be a whole number from 1",
        ),
        (changed("search_rows = 1000", ""), "limits.search_rows is missing"),
        (
            changed("search_rows = 1000", "search_rows = 1000\nrows = 1"),
            "limits.rows is not a setting",
        ),
        (changed("[limits]", "[limit]"), "limits is missing"),
        (changed("[limits]", "[extra]\nx = 1\n[limits]"), "extra is not a setting of a profile"),
        (changed("[actions.export]", "[actions.exports]"), "actions.export is missing"),
        (
            changed(
                "[actions.export]", "[actions.fly]\nroles = []\ntrained = true\n[actions.export]"
            ),
            "actions.fly is not",
        ),
        (
            changed("[actions.export]", "[actions.export]\nfree = 1"),
            "actions.export.free is not a setting",
        ),
        (changed("trained = true", "trained = 1"), "actions.search.trained must be true or false"),
        (
            changed("trained = true", "trained = false"),
            "actions.search.trained must be true: nobody reads untrained",
        ),
        (
            changed('roles = ["searcher", "analyst"]', 'roles = ["searcher", "auditor"]'),
            "can't name auditor",
        ),
        (
            changed('roles = ["alert-user"]', 'roles = ["system-manager"]'),
            "actions.alert.roles can't name system-manager",
        ),
        (
            changed('roles = ["rights-officer"]', 'roles = ["camera-manager"]'),
            "actions.rights.roles can't name camera-manager",
        ),
        (
            changed('roles = ["accuracy-checker"]', 'roles = ["auditor"]'),
            "actions.check.roles can't name auditor",
        ),
        (
            changed('roles = ["system-manager", "searcher"]', 'roles = ["searcher"]'),
            "must name two roles",
        ),
        (
            changed(
                'roles = ["system-manager", "searcher"]', 'roles = ["auditor", "analyst"]\nwhy = 1'
            ),
            r"incompatible_roles\[1\].why is not a setting",
        ),
        ("bands = []\n" + TEXT.replace("[[bands]]", "[[other]]"), "bands must be a list of tables"),
        ("bands = [7]\n" + TEXT.replace("[[bands]]", "[[other]]"), r"bands\[1\] must be a table"),
    ],
)
def test_a_wrong_profile_is_refused_in_a_sentence(text: str, sentence: str) -> None:
    with pytest.raises(ProfileError, match=sentence):
        parse_profile(text, source="own")


@pytest.mark.parametrize(
    ("younger", "older", "shorter"),
    [
        ("days = 90", "months = 12", True),
        ("days = 364", "months = 12", True),
        ("days = 365", "months = 12", False),
        ("days = 27", "months = 1", True),
        ("days = 28", "months = 1", False),
        ("months = 11", "months = 12", True),
        ("months = 12", "months = 12", False),
        ("months = 1", "days = 31", False),
        ("months = 1", "days = 32", True),
        ("months = 12", "days = 366", False),
        ("months = 12", "days = 367", True),
        ("months = 13", "days = 397", False),
        ("months = 13", "days = 398", True),
        ("days = 393", "months = 13", False),
        ("days = 392", "months = 13", True),
        ("days = 30", "days = 30", False),
        ("days = 30", "days = 31", True),
    ],
)
def test_bands_must_be_longer_whatever_months_they_fall_in(
    younger: str, older: str, shorter: bool
) -> None:
    head, _, rest = TEXT.partition("[[bands]]")
    rules = rest[rest.index("[authorisation]") :]
    bands = "".join(
        f'[[bands]]\nname = "{name}"\nuntil = {{ {span} }}\ncategories = ["major"]\n'
        for name, span in (("a", younger), ("b", older))
    )
    text = head.replace("{ months = 24 }", f"{{ {older} }}") + bands + rules
    if shorter:
        assert len(parse_profile(text, source="own").bands) == 2
    else:
        with pytest.raises(ProfileError, match="must end later"):
            parse_profile(text, source="own")


def test_lengths_read_as_words() -> None:
    assert [str(Span(days=1)), str(Span(days=90))] == ["1 day", "90 days"]
    assert [str(Span(months=1)), str(Span(months=12))] == ["1 month", "12 months"]
