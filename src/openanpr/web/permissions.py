"""Which roles reach which URL: declared beside each route, refused by default.

A role opens the page; it never decides about a read, an image or an alert. Those are decided by
``openanpr.access`` with the facts of the case.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum
from functools import wraps
from typing import Any

from django.http import HttpResponseBase
from django.urls import URLPattern, URLResolver, get_resolver, path

from openanpr.access.vocabulary import Role

ATTRIBUTE = "openanpr_permission"

View = Callable[..., HttpResponseBase]


@dataclass(frozen=True, slots=True)
class Permission:
    """Who may call a URL, and with which methods.

    Exactly one of these holds: ``public`` (anybody), ``before_mfa`` (an account that has given its
    password, even while its second factor is not set up), ``signed_in`` (any account with both
    factors), or ``roles`` (one that holds at least one of them now). ``HEAD`` goes with ``GET``.
    """

    roles: frozenset[Role] = frozenset()
    methods: tuple[str, ...] = ("GET",)
    public: bool = False
    signed_in: bool = False
    before_mfa: bool = False

    def __post_init__(self) -> None:
        kinds = [bool(self.roles), self.public, self.signed_in, self.before_mfa]
        if kinds.count(True) != 1:
            raise ValueError("a permission is for roles, or public, signed_in or before_mfa")

    def allows_method(self, method: str | None) -> bool:
        """Whether the URL answers ``method`` at all."""
        return ("GET" if method == "HEAD" else method) in self.methods


class Answer(Enum):
    """What the permission of a URL says to one request."""

    ALLOWED = "allowed"
    NOT_DECLARED = "not-declared"
    SIGN_IN = "sign-in"
    SET_UP_MFA = "set-up-mfa"
    ROLE_MISSING = "role-missing"
    METHOD_REFUSED = "method-refused"


def answer(
    permission: Permission | None,
    *,
    method: str | None,
    signed_in: bool,
    mfa_complete: bool,
    roles: frozenset[Role],
) -> Answer:
    """Decide one request from the facts about its sender; default deny."""
    if permission is None:
        return Answer.NOT_DECLARED
    refusal = None if permission.public else _refusal(permission, signed_in, mfa_complete, roles)
    if refusal is not None:
        return refusal
    return Answer.ALLOWED if permission.allows_method(method) else Answer.METHOD_REFUSED


def _refusal(
    permission: Permission,
    signed_in: bool,  # noqa: FBT001
    mfa_complete: bool,  # noqa: FBT001
    roles: frozenset[Role],
) -> Answer | None:
    if not signed_in:
        return Answer.SIGN_IN
    if permission.before_mfa:
        return None
    if not mfa_complete:
        return Answer.SET_UP_MFA
    if permission.signed_in or permission.roles & roles:
        return None
    return Answer.ROLE_MISSING


def path_for(
    route: str,
    view: View,
    *,
    name: str,
    permission: Permission,
    kwargs: dict[str, Any] | None = None,
) -> URLPattern:
    """A URL pattern with its permission; the only way to mount a view in this product."""

    @wraps(view)
    def declared(*args: Any, **view_kwargs: Any) -> HttpResponseBase:
        return view(*args, **view_kwargs)

    setattr(declared, ATTRIBUTE, permission)
    return path(route, declared, kwargs, name=name)


def permission_of(view: object) -> Permission | None:
    """The permission that ``path_for`` gave to a view; ``None`` when it never went through it."""
    found = getattr(view, ATTRIBUTE, None)
    return found if isinstance(found, Permission) else None


@dataclass(frozen=True, slots=True)
class DeclaredUrl:
    """One URL: its full name, pattern and permission (``None``: nobody declared one)."""

    name: str
    pattern: str
    permission: Permission | None
    converters: dict[str, Any]


def declared_urls(urlconf: str | None = None) -> list[DeclaredUrl]:
    """Every URL under ``urlconf`` (default: the process's own), in the order of resolution."""
    return list(_walk(get_resolver(urlconf), prefix="", namespace="", converters={}))


def _walk(
    resolver: URLResolver, *, prefix: str, namespace: str, converters: dict[str, Any]
) -> Iterator[DeclaredUrl]:
    for entry in resolver.url_patterns:
        route = prefix + str(entry.pattern)
        known = {**converters, **entry.pattern.converters}
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from _walk(entry, prefix=route, namespace=inner, converters=known)
        else:
            yield DeclaredUrl(
                name=f"{namespace}{entry.name or route}",
                pattern=route,
                permission=permission_of(entry.callback),
                converters=known,
            )
