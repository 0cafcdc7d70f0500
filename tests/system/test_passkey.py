"""A passkey in a real browser: made on one's account page, then signing in without a password."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect, sync_playwright
from tests.system.browser import Person, chromium
from tests.system.test_whole_path import installation

__all__ = ["installation"]

pytestmark = pytest.mark.browser
