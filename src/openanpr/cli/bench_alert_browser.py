"""The measured screen: the officer's own page in Chromium, timed in the EventSource's handler."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final, Protocol

from django.conf import settings

from openanpr.cli.bench_alert_seeding import Officer
from openanpr.config.values import get_settings

# Wraps the page's own EventSource: its handler is called right after ours, with the same event.
_WATCH: Final = """
window.heardAlerts = [];
const Plain = window.EventSource;
window.EventSource = class extends Plain {
  constructor(...given) {
    super(...given);
    this.addEventListener("alert", (event) => {
      window.heardAlerts.push([Date.now(), event.data]);
    });
  }
};
new MutationObserver(() => {
  const now = Date.now();
  for (const row of document.querySelectorAll("li.oa-alert:not([data-timed])")) {
    row.dataset.timed = String(now);
  }
}).observe(document, { childList: true, subtree: true });
"""
_FLAGS: Final = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


class Measured(Protocol):
    """A screen: what it has heard, as (milliseconds since 1970, data of the event)."""

    def heard(self) -> list[tuple[float, str]]: ...

    def shown(self) -> dict[str, float]: ...


def chromium() -> str | None:
    """Where Chromium lies, when it and its driver are here."""
    try:
        import playwright.sync_api  # noqa: F401 - only whether it is here
    except ImportError:
        return None
    names = ("chromium", "chromium-browser", "google-chrome")
    return next((path for name in names if (path := shutil.which(name))), None)


class _Page:
    def __init__(self, page: Any) -> None:
        self._page = page

    def heard(self) -> list[tuple[float, str]]:
        return [(float(at), data) for at, data in self._page.evaluate("window.heardAlerts")]

    def shown(self) -> dict[str, float]:
        rows = self._page.evaluate(
            "[...document.querySelectorAll('li.oa-alert[data-timed]')]"
            ".map((row) => [row.id, Number(row.dataset.timed)])"
        )
        return {name.removeprefix("alert-"): float(at) for name, at in rows}


@contextmanager
def page_of(officer: Officer, path: str) -> Iterator[Measured]:
    """The live page of this officer, its stream open, in the Chromium at ``path``."""
    from playwright.sync_api import sync_playwright

    ours = get_settings()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=_FLAGS)
        try:
            context = browser.new_context()
            context.add_cookies(
                [
                    {
                        "name": settings.SESSION_COOKIE_NAME,
                        "value": officer.session_key,
                        "url": ours.web_origin,
                    }
                ]
            )
            page = context.new_page()
            page.add_init_script(_WATCH)
            page.goto(f"{ours.web_origin}/alerts/")
            page.wait_for_selector("[data-live][data-state=live]", timeout=60_000)
            yield _Page(page)
        finally:
            browser.close()
