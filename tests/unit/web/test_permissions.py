"""What a declared permission answers, from the facts about a request's sender."""

import pytest
from django.http import HttpResponse

from openanpr.access.vocabulary import Role
from openanpr.web.permissions import Answer, Permission, answer, path_for, permission_of

SEARCHERS = Permission(roles=frozenset({Role.SEARCHER}), methods=("GET", "POST"))


def ask(permission, *, method="GET", signed_in=True, mfa_complete=True, roles=()):
    return answer(
        permission,
        method=method,
        signed_in=signed_in,
        mfa_complete=mfa_complete,
        roles=frozenset(roles),
    )


def test_what_was_not_declared_is_refused_to_everybody():
    assert ask(None, roles=tuple(Role)) is Answer.NOT_DECLARED


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"roles": [Role.SEARCHER]}, Answer.ALLOWED),
        ({"roles": [Role.SEARCHER], "method": "HEAD"}, Answer.ALLOWED),
        ({"roles": [Role.SEARCHER], "method": "DELETE"}, Answer.METHOD_REFUSED),
        ({"roles": [Role.SYSTEM_MANAGER]}, Answer.ROLE_MISSING),
        ({"roles": [Role.SYSTEM_MANAGER], "method": "DELETE"}, Answer.ROLE_MISSING),
        ({"roles": []}, Answer.ROLE_MISSING),
        ({"roles": [Role.SEARCHER], "mfa_complete": False}, Answer.SET_UP_MFA),
        ({"signed_in": False, "mfa_complete": False}, Answer.SIGN_IN),
    ],
)
def test_a_page_for_a_role(facts, expected):
    assert ask(SEARCHERS, **facts) is expected


@pytest.mark.parametrize(
    ("permission", "anonymous", "half", "whole"),
    [
        (Permission(public=True), Answer.ALLOWED, Answer.ALLOWED, Answer.ALLOWED),
        (Permission(before_mfa=True), Answer.SIGN_IN, Answer.ALLOWED, Answer.ALLOWED),
        (Permission(signed_in=True), Answer.SIGN_IN, Answer.SET_UP_MFA, Answer.ALLOWED),
    ],
)
def test_pages_that_need_no_role(permission, anonymous, half, whole):
    assert ask(permission, signed_in=False, mfa_complete=False) is anonymous
    assert ask(permission, mfa_complete=False) is half
    assert ask(permission) is whole


@pytest.mark.parametrize(
    "wrong",
    [{}, {"public": True, "signed_in": True}, {"public": True, "roles": frozenset(Role)}],
)
def test_a_permission_is_of_one_kind(wrong):
    with pytest.raises(ValueError, match="a permission is for"):
        Permission(**wrong)


def test_the_permission_belongs_to_the_route_not_to_the_view():
    def view(_request):
        return HttpResponse()

    here = path_for("a", view, name="a", permission=SEARCHERS)
    there = path_for("b", view, name="b", permission=Permission(public=True))
    assert permission_of(here.callback) == SEARCHERS
    assert permission_of(there.callback) == Permission(public=True)
    assert permission_of(view) is None
