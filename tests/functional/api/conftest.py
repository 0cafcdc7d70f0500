from datetime import UTC, datetime, timedelta

import httpx
import pytest
from django.core.handlers.wsgi import WSGIHandler

from openanpr.api.services.tokens import make_token
from openanpr.client import Client
from tests.factories.casework import MARK, StoredReads, make_casework

DAY = timedelta(days=1)


@pytest.fixture
def casework(db):
    return make_casework(datetime.now(UTC))


@pytest.fixture
def stored(casework, superuser):
    return StoredReads(superuser)


@pytest.fixture
def ada(casework):
    return casework.person("ada", mfa=True)


@pytest.fixture
def case(casework, stored, ada):
    camera = casework.camera()
    for days in (1, 2, 3):
        stored.add(MARK, casework.at - days * DAY, camera_id=camera.id)
    return casework.investigation(ada)


@pytest.fixture
def token_for(casework):
    """Makes a token of a person; its text."""

    def made(user, *, takes_out=True, lasts=DAY, at=None):
        _, text = make_token(
            author=casework.author(user),
            name="Case system",
            purpose="Searches that the case system makes for its officer",
            takes_out=takes_out,
            lasts=lasts,
            at=at or casework.at,
        )
        return text

    return made


@pytest.fixture
def client_with():
    """A client of the interface, in this process, with a token's text."""
    opened = []

    def client(text):
        transport = httpx.WSGITransport(app=WSGIHandler())
        opened.append(Client("http://localhost", text, transport=transport))
        return opened[-1]

    yield client
    for one in opened:
        one.close()


@pytest.fixture
def client(ada, token_for, client_with):
    return client_with(token_for(ada))
