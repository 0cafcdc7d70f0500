"""The table of risks, and the draw that anybody can make again."""

from uuid import UUID

import pytest

from openanpr.oversight.drawing import draw
from openanpr.oversight.risk import Facts, digest, parse_rules, score, shipped_rules

RULES = shipped_rules()

# (what is known, the rules that fit)
CASES = [
    ({}, []),
    ({"own_vehicle": True}, ["own-vehicle"]),
    ({"colleague_vehicle": True, "own_vehicle": True}, ["own-vehicle", "colleague-vehicle"]),
    ({"investigations_of_mark": 2}, ["several-investigations"]),
    ({"challenged": True}, ["challenged"]),
    ({"same_mark": 3}, []),
    ({"same_mark": 4}, ["repeated"]),
    ({"refused_before": True}, ["refused-before"]),
    ({"searches_of_investigation": 5}, ["no-progress"]),
    ({"searches_of_investigation": 4}, []),
    ({"searches_of_investigation": 50, "other_acts": 1}, []),
    ({"days_to_edge": 7}, ["band-edge"]),
    ({"days_to_edge": 0}, ["band-edge"]),
    ({"days_to_edge": 8}, []),
    ({"older_band": True}, ["older-band"]),
    ({"local_hour": 23}, ["off-shift"]),
    ({"local_hour": 4}, ["off-shift"]),
    ({"local_hour": 5}, []),
    ({"local_hour": 22}, []),
    ({"reason_words": 4}, ["bare-reason"]),
    ({"reason_words": 5}, []),
    ({"same_reason": 10}, ["same-reason"]),
]


@pytest.mark.parametrize(("facts", "fits"), CASES, ids=[str(one) for one, _ in CASES])
def test_what_is_known_makes_the_rules_fit(facts, fits):
    assert [one.rule for one in score(Facts(**facts), RULES)] == fits


def test_every_rule_of_the_table_is_tried_and_says_its_number():
    assert {rule.name for rule in RULES} == {name for _, fits in CASES for name in fits}
    (scored,) = score(Facts(same_mark=6), RULES)
    assert scored.says == "the searcher looked for this mark 6 times in the period"
    assert scored.points == 30


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ('name = "repeated"', 'name = "rumour"', "no risk rule rumour"),
        ('name = "repeated"', 'name = "challenged"', "stands twice"),
        ("points = 100", "points = 0", "at least one point"),
        ("points = 100", 'points = "many"', "Expected `int`"),
        ("points = 100", "points = 100\nmood = 3", "mood"),
    ],
)
def test_a_wrong_table_is_refused(old, new, why):
    from importlib.resources import files

    text = files("openanpr.oversight").joinpath("risks.toml").read_text("utf-8")
    assert old in text
    with pytest.raises(ValueError, match=why):
        parse_rules(text.replace(old, new, 1))


IDS = [UUID(int=number) for number in range(1, 401)]


def test_the_same_seed_draws_the_same_and_another_seed_others():
    scores = dict.fromkeys(IDS, 0)
    first = draw(scores, size=20, seed="a seed", weighted=False)
    turned = dict(reversed(scores.items()))
    assert draw(turned, size=20, seed="a seed", weighted=False) == first
    assert draw(scores, size=20, seed="another", weighted=False) != first
    assert len(set(first)) == 20
    assert first[:5] == draw(scores, size=5, seed="a seed", weighted=False)


def test_no_more_is_drawn_than_there_is():
    assert draw({}, size=5, seed="s", weighted=True) == []
    assert set(draw(dict.fromkeys(IDS[:3], 9), size=5, seed="s", weighted=True)) == set(IDS[:3])


def test_weights_count_when_they_are_asked_for_and_never_otherwise():
    heavy = set(IDS[:100])
    scores = {one: 100 if one in heavy else 0 for one in IDS}

    def drawn(weighted):
        return sum(
            one in heavy
            for seed in range(20)
            for one in draw(scores, size=20, seed=str(seed), weighted=weighted)
        )

    # A quarter of all are heavy and count eleven times: about 76 in 100 of a weighted draw.
    assert 60 < drawn(weighted=False) < 140
    assert 260 < drawn(weighted=True) < 340


def test_the_digest_names_the_very_table():
    assert digest(RULES) == digest(shipped_rules())
    assert digest(RULES) != digest(RULES[1:])
