"""The words: ranks compare by seniority, every reason is explained, clauses name what exists."""

import tomllib
from importlib.resources import files

import pytest

from openanpr.access import explain
from openanpr.access.vocabulary import ALLOWING, Category, Rank, Reason

RANKS = list(Rank)


def test_ranks_compare_by_seniority_not_by_spelling() -> None:
    for position, rank in enumerate(RANKS):
        for other_position, other in enumerate(RANKS):
            assert (rank < other) is (position < other_position)
            assert (rank <= other) is (position <= other_position)
            assert (rank > other) is (position > other_position)
            assert (rank >= other) is (position >= other_position)
    assert max(RANKS) is Rank.CHIEF_OFFICER
    assert min(RANKS) is Rank.CONSTABLE


def test_a_rank_is_not_compared_with_other_words() -> None:
    with pytest.raises(ValueError, match="wizard"):
        assert Rank.CONSTABLE < "wizard"


def test_every_reason_and_category_has_words() -> None:
    assert set(explain.SENTENCES) == set(Reason)
    assert set(explain.CATEGORY_WORDS) == set(Category)
    assert len(set(explain.SENTENCES.values())) == len(Reason)


def test_the_words_of_the_acceptance_table_are_kept() -> None:
    published = {
        "within-90-days",
        "authorised",
        "authorisation-required",
        "rank-too-low",
        "self-authorised",
        "category-not-allowed",
        "purpose-required",
        "not-trained",
        "training-lapsed",
        "role-not-relevant",
        "beyond-retention",
        "captured-in-the-future",
    }
    assert published <= set(Reason)
    assert {str(reason) for reason in ALLOWING} & published == {"within-90-days", "authorised"}


@pytest.mark.parametrize("name", ["essex-2y", "example-12m"])
def test_a_profile_says_which_of_its_ranks_the_law_does_not_fix(name: str) -> None:
    text = (files("openanpr.access") / "profiles" / f"{name}.toml").read_text(encoding="utf-8")
    lines = text.splitlines()
    ranks = [number for number, line in enumerate(lines) if line.startswith("lowest_rank")]
    assert len(ranks) == len([row for row in tomllib.loads(text)["bands"] if "lowest_rank" in row])
    assert all("unverified in law" in " ".join(lines[number - 2 : number]) for number in ranks)
