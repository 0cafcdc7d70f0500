from datetime import UTC, datetime

import pytest
from django.test import Client

from openanpr.access.vocabulary import Role
from openanpr.accounts.models import User
from tests.factories.accounts import client_as, make_user
from tests.factories.alerts import World, make_world


@pytest.fixture
def world(db: None) -> World:
    """A world of the present hour, since pages take the time from the clock."""
    return make_world(datetime.now(UTC).replace(microsecond=0))


@pytest.fixture
def manager(world: World) -> User:
    """A list manager of the force."""
    return make_user("lists", roles=(Role.LIST_MANAGER,), unit=world.north)


@pytest.fixture
def client(manager: User) -> Client:
    """The list manager, signed in."""
    return client_as(manager)
