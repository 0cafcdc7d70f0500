"""One installation for all journeys, and a browser for those of one file."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright

from tests.system.browser import chromium
from tests.system.installation import Installation, running_demo


@pytest.fixture(scope="session")
def installation() -> Iterator[Installation]:
    with running_demo() as running:
        yield running


# Ends with its module: while it lives, its event loop runs, and no other can in this process.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    playwright: Playwright
    with sync_playwright() as playwright, chromium(playwright) as browser:
        yield browser
