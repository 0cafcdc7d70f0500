"""A person as pages show them."""

import pytest

from openanpr.access.vocabulary import Role
from openanpr.web.person import ROLE_NAMES, Person, role_names


def person(*roles: Role) -> Person:
    return Person(
        user_id=1,
        username="pc.example",
        full_name="PC Example",
        rank="Constable",
        force_name="Fictional Constabulary",
        unit_name="Roads Policing",
        roles=frozenset(roles),
    )


@pytest.mark.parametrize(
    ("roles", "shown"),
    [
        ((), "No role"),
        ((Role.AUDITOR,), "Auditor"),
        ((Role.ANALYST, Role.SEARCHER), "Searcher, Analyst"),
        ((Role.ANALYST, Role.SEARCHER, Role.AUDITOR), "Searcher, Analyst and 1 more"),
    ],
)
def test_the_header_names_two_roles_and_counts_the_others(roles, shown):
    assert person(*roles).roles_in_short == shown


def test_every_role_has_a_name():
    assert set(ROLE_NAMES) == set(Role)
    assert role_names(frozenset(Role)) == list(ROLE_NAMES.values())
