"""The whole text of what people are told: errors of a table, and sentences of decisions."""

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.unit.access.people import AT

from openanpr.access.decide import role_conflicts
from openanpr.access.decisions import Decision, Finding, PartDecision, SearchDecision
from openanpr.access.explain import SENTENCES, explain, explain_search
from openanpr.access.profiles import ProfileError, parse_profile, shipped_profile, shipped_toml
from openanpr.access.vocabulary import Action, Reason, Role

ESSEX = shipped_profile("essex-2y")
TEXT = shipped_toml("essex-2y")
SECOND = "90-days-to-12-months"


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (
            'roles = ["system-manager", "searcher"]',
            'roles = ["system-manager"]',
            "incompatible_roles[1].roles must name two roles.",
        ),
        (
            'not_by = ["self"]',
            'not_by = ["own-unit"]',
            'authorisation.not_by must name "self": nobody authorises themselves.',
        ),
        (
            'name = "0-90-days"',
            'name = "future"',
            "every band needs a name of its own, and none of "
            "beyond-retention, future, held-past-retention.",
        ),
        (
            "retention = { months = 24 }",
            "retention = { months = 25 }",
            "the last band must end where retention ends; make the two equal.",
        ),
        (
            'categories = ["major", "counter-terrorism"]',
            'categories = ["other-legitimate"]',
            f"band 12-to-24-months allows a category that band {SECOND} doesn't: "
            "older reads never need less.",
        ),
        (
            'lowest_rank = "superintendent"',
            'lowest_rank = "sergeant"',
            f"band 12-to-24-months asks for a lower rank than band {SECOND}: "
            "older reads never need less.",
        ),
        (
            f'name = "{SECOND}"',
            f'name = "{SECOND}"\nroles = ["analyst"]',
            f"band 12-to-24-months is open to a role that band {SECOND} isn't: "
            "older reads never need less.",
        ),
    ],
)
def test_an_error_of_a_table_is_this_sentence(old, new, says):
    assert old in TEXT
    with pytest.raises(ProfileError) as caught:
        parse_profile(TEXT.replace(old, new, 1), source="given")
    assert str(caught.value) == f"The profile given can't be used: {says}"


def test_roles_that_conflict_name_their_clause():
    found = role_conflicts(roles={Role.AUDITOR, Role.ANALYST}, profile=ESSEX)
    assert found == (Finding(Reason.ROLES_CONFLICT, "incompatible_roles"),)


def test_a_rank_is_named_only_where_the_band_asks_for_one():
    too_low = Finding(Reason.RANK_TOO_LOW, "house.authorisation")
    for band, tail in [(SECOND, ": inspector or above ("), ("0-90-days", " ("), (None, " (")]:
        decision = Decision(
            action=Action.GRANT, allowed=False, findings=(too_low,), profile="x", band=band
        )
        (sentence,) = explain(decision, profile=ESSEX)
        plain = explain(replace(decision, band=None), profile=ESSEX)[0].partition(" (")[0]
        assert sentence.startswith(plain + tail), band


def test_what_is_left_out_is_said_with_the_rank_of_its_own_band():
    part = PartDecision(
        band=SECOND,
        start=AT - timedelta(days=100),
        end=AT - timedelta(days=99),
        allowed=True,
        findings=(Finding(Reason.AUTHORISED, "house.authorisation"),),
        withheld=(
            Finding(Reason.AUTHORISATION_REQUIRED, "house.authorisation-scope"),
            Finding(Reason.OUTSIDE_INVESTIGATION, "house.investigation-scope"),
        ),
    )
    decision = SearchDecision(
        action=Action.SEARCH, allowed=True, parts=(part,), scope=None, findings=(), profile="x"
    )
    (sentence,) = explain_search(decision, profile=ESSEX)
    left_out = sentence.partition("because")[2].partition("beyond that, because ")[2]
    assert left_out == (
        f"{SENTENCES[Reason.AUTHORISATION_REQUIRED]}: inspector or above "
        "(house rule: authorisation scope); "
        f"{SENTENCES[Reason.OUTSIDE_INVESTIGATION]} (house rule: investigation scope)."
    )


def test_a_search_that_has_no_parts_names_the_profile_that_refused_it():
    decision = SearchDecision(
        action=Action.SEARCH,
        allowed=False,
        parts=(),
        scope=None,
        findings=(Finding(Reason.ROLE_NOT_RELEVANT, "actions.search.roles"),),
        profile="x",
    )
    assert "profile essex-2y@1: actions.search.roles" in explain_search(decision, profile=ESSEX)[0]
