"""A person at a browser: signs in, looks, clicks; every page they meet is checked with axe."""

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Playwright, expect
from playwright.sync_api import Error as PlaywrightError

from tests.system.installation import Installation

_FLAGS = [
    "--no-sandbox",  # the tests may run as root, where Chromium refuses its own sandbox
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
# Machines that run tests are shared and slow at times; how long a step takes is not what is tested.
expect.set_options(timeout=30_000)
DESK = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}


def chromium_path() -> str:
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if path := shutil.which(name):
            return path
    raise AssertionError("no browser: install Chromium (apt-get install chromium)")


@contextmanager
def chromium(playwright: Playwright) -> Iterator[Browser]:
    browser = playwright.chromium.launch(executable_path=chromium_path(), args=_FLAGS)
    try:
        yield browser
    finally:
        browser.close()


class Person:
    """Somebody of the demonstration force with a browser window of their own."""

    def __init__(
        self,
        installation: Installation,
        browser: Browser,
        username: str,
        *,
        screen: dict[str, int] = DESK,
        scripts: bool = True,
    ) -> None:
        self.installation = installation
        self.username = username
        self._context = browser.new_context(viewport=screen, java_script_enabled=scripts)
        self.scripts = scripts
        self.page: Page = self._context.new_page()
        self.page.set_default_timeout(30_000)
        self.faults: list[str] = []
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on(
            "console",
            # Chromium calls a page that refuses (403) an error; here it is the right answer.
            lambda message: (
                self.faults.append(message.text)
                if message.type == "error" and "status of 403" not in message.text
                else None
            ),
        )

    def sign_in(self) -> None:
        login = self.installation.login(self.username)
        self.page.goto(f"{self.installation.web}/account/login/")
        self.check_page()
        self.page.get_by_label(re.compile("user name", re.I)).fill(login.username)
        self.page.get_by_role("textbox", name=re.compile("password", re.I)).fill(login.password)
        self.page.get_by_role("button", name=re.compile("sign in|continue", re.I)).click()
        self.page.get_by_label(re.compile("code", re.I)).fill(self.installation.code(self.username))
        self.check_page()
        self.page.get_by_role("button", name=re.compile("sign in|continue", re.I)).click()
        expect(self.page.get_by_role("button", name=re.compile("sign out", re.I))).to_be_visible()

    def open(self, path: str) -> None:
        self.page.goto(self.installation.web + path)

    def check_page(self) -> None:
        """No serious or critical finding of axe on the page as it stands."""
        if not self.scripts:
            return
        self.page.wait_for_load_state("networkidle" if "/alerts/" not in self.page.url else "load")
        try:
            found = Axe().run(self.page).response["violations"]
        except PlaywrightError:  # the page went on to another while axe looked: look at that one
            self.page.wait_for_load_state("load")
            found = Axe().run(self.page).response["violations"]
        serious = [
            f"{one['id']}: {one['help']} {[node['html'] for node in one['nodes'][:2]]}"
            for one in found
            if one["impact"] in ("serious", "critical")
        ]
        assert not serious, f"{self.page.url}\n" + "\n".join(serious)

    def leave(self) -> None:
        self._context.close()
        assert not self.faults, self.faults
