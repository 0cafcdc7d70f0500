"""From a camera's picture to an officer's screen, an analyst's search and the auditor's view.

Nothing is faked: rendered pictures go through the real reader in the roadside agents, over HTTP
into ingest, and out to a real browser.
"""

import re

import psycopg
import pytest
from playwright.sync_api import Browser, Page, expect

from openanpr.config.database import SUPERUSER, dsn
from openanpr.config.values import Settings
from tests.system.browser import PHONE, Person
from tests.system.installation import Installation

pytestmark = pytest.mark.browser

# Another of these journeys may have dealt with an alert already: the tests run in any order.
OPEN_ALERT = "[data-live-list] > li:not(.oa-alert--closed)"
REASON = "Vehicle seen leaving the scene of the burglary in Mill Lane; confirm its direction."


def test_from_picture_to_screen_to_search_to_audit(
    installation: Installation, browser: Browser
) -> None:
    mark = an_alert_appears_by_itself_and_is_dealt_with(installation, browser)
    an_analyst_finds_the_read(installation, browser, mark)
    an_untrained_analyst_is_refused_and_told_why(installation, browser, mark)
    the_auditor_sees_both(installation, browser)
    the_chain_is_whole_until_a_row_is_altered(installation)


def an_alert_appears_by_itself_and_is_dealt_with(
    installation: Installation, browser: Browser
) -> str:
    officer = Person(installation, browser, "control")
    officer.sign_in()
    officer.open("/alerts/")
    page = officer.page
    before = page.locator("[data-live-list] > li").count()
    expect(page.locator("[data-live-state]")).to_have_text(re.compile("live", re.I))
    # No reload from here on: the row is put in by the event stream.
    page.evaluate("window.notReloaded = true")
    alert = page.locator("[data-live-list] > li").nth(before)
    expect(alert).to_be_visible(timeout=60_000)
    assert page.evaluate("window.notReloaded") is True
    officer.check_page()
    first = page.locator(f"{OPEN_ALERT} a").first
    first.click()
    the_alert_page_tells_what_is_needed(officer)
    mark = page.locator(".oa-alert-head__mark").inner_text()
    the_picture_is_checked_before_any_outcome(page)
    officer.check_page()
    officer.leave()
    return re.sub(r"[^A-Z0-9]", "", mark)


def the_alert_page_tells_what_is_needed(officer: Person) -> None:
    page = officer.page
    for name in ("Captured", "Where", "Chance that the mark is right", "How it matched", "List"):
        expect(page.locator("dt", has_text=re.compile(f"^{name}$")).first).to_be_visible()
    for picture in (".oa-pictures__patch", ".oa-pictures__overview"):
        the_picture_is_really_there(page, picture)
    officer.check_page()


def the_picture_is_really_there(page: Page, picture: str) -> None:
    expect(page.locator(picture)).to_be_visible()
    width = f"document.querySelector('{picture}').naturalWidth"
    page.wait_for_function(f"{width} > 0")


def the_picture_is_checked_before_any_outcome(page: Page) -> None:
    outcomes = page.locator("button[name=outcome]")
    expect(outcomes).to_have_count(0)
    page.get_by_role("button", name="Yes, it does").click()
    expect(outcomes.first).to_be_visible()
    names = [name.lower() for name in outcomes.all_inner_texts()]
    assert any("no trace" in name for name in names), names
    assert any("misread" in name for name in names), names
    page.locator("button[name=outcome][value=stopped]").click()
    expect(page.get_by_text("Stopped").first).to_be_visible()


def an_investigation_is_opened(person: Person, reference: str) -> None:
    person.open("/investigations/open/")
    page = person.page
    page.get_by_label(re.compile(r"^\s*reference", re.I)).fill(reference)
    page.get_by_label(re.compile(r"^\s*title|in a few words", re.I)).fill("Burglary in Mill Lane")
    serious = page.get_by_label(re.compile(r"^\s*serious", re.I))
    if serious.count():
        serious.first.check()
    else:
        page.get_by_label(re.compile("category", re.I)).select_option("serious")
    page.get_by_label(re.compile("justif|why", re.I)).first.fill(REASON)
    person.check_page()
    page.get_by_role("button", name="Open the investigation").click()
    expect(page.get_by_role("link", name="Search for this investigation")).to_be_visible()


def a_mark_is_searched(person: Person, mark: str) -> None:
    page = person.page
    page.get_by_role("link", name="Search for this investigation").click()
    person.check_page()
    page.get_by_label(re.compile(r"^\s*mark|registration", re.I)).first.fill(mark)
    page.get_by_label(re.compile("reason", re.I)).first.fill(REASON)
    page.get_by_role("button", name="Search", exact=True).click()


def an_analyst_finds_the_read(installation: Installation, browser: Browser, mark: str) -> None:
    analyst = Person(installation, browser, "analyst")
    analyst.sign_in()
    an_investigation_is_opened(analyst, "FM/26/1001")
    a_mark_is_searched(analyst, mark)
    expect(
        analyst.page.get_by_role("heading", name=re.compile(r"\d+ reads? found"))
    ).to_be_visible()
    expect(analyst.page.get_by_text("Allowed").first).to_be_visible()
    analyst.check_page()
    analyst.leave()


def an_untrained_analyst_is_refused_and_told_why(
    installation: Installation, browser: Browser, mark: str
) -> None:
    newcomer = Person(installation, browser, "newcomer")
    newcomer.sign_in()
    an_investigation_is_opened(newcomer, "FM/26/1002")
    a_mark_is_searched(newcomer, mark)
    page = newcomer.page
    expect(page.get_by_role("heading", name="This search is refused")).to_be_visible()
    expect(page.get_by_text(re.compile("train", re.I)).first).to_be_visible()
    newcomer.check_page()
    newcomer.leave()


def the_auditor_sees_both(installation: Installation, browser: Browser) -> None:
    auditor = Person(installation, browser, "auditor")
    auditor.sign_in()
    auditor.open("/audit/?verb=search.run")
    expect(auditor.page.get_by_text("Sam Harrowgate").first).to_be_visible()
    auditor.check_page()
    auditor.open("/audit/?verb=search.refuse")
    expect(auditor.page.get_by_text("Kit Applegarth").first).to_be_visible()
    auditor.open("/audit/")
    auditor.page.get_by_role("button", name="Check the chain now").click()
    expect(auditor.page.get_by_text("Whole").first).to_be_visible()
    auditor.leave()


def the_chain_is_whole_until_a_row_is_altered(installation: Installation) -> None:
    assert installation.openanpr("audit", "verify").returncode == 0
    settings = Settings(data_dir=installation.data_dir)
    with psycopg.connect(dsn(SUPERUSER, settings), autocommit=True) as intruder:
        intruder.execute("set session_replication_role = replica")
        row = intruder.execute(
            "update audit_event set reason = 'something else' where sequence = "
            "(select max(sequence) from audit_event where verb = 'search.run') returning sequence"
        ).fetchone()
    assert row is not None
    answer = installation.openanpr("audit", "verify")
    assert answer.returncode == 1
    assert str(row[0]) in answer.stdout + answer.stderr


def an_alert_is_opened(officer: Person) -> None:
    page = officer.page
    for _ in range(30):
        officer.open("/alerts/")
        if page.locator(OPEN_ALERT).count():
            break
        page.wait_for_timeout(2_000)
    page.locator(f"{OPEN_ALERT} a").first.click()
    expect(page.get_by_role("button", name="Yes, it does")).to_be_visible()


def test_alerts_fit_a_phone(installation: Installation, browser: Browser) -> None:
    officer = Person(installation, browser, "intel", screen=PHONE)
    officer.sign_in()
    an_alert_is_opened(officer)
    assert officer.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    officer.check_page()
    officer.leave()


def test_alerts_work_without_scripts(installation: Installation, browser: Browser) -> None:
    officer = Person(installation, browser, "patrol", scripts=False)
    officer.sign_in()
    an_alert_is_opened(officer)
    officer.page.get_by_role("button", name="Yes, it does").click()
    expect(officer.page.locator("button[name=outcome]").first).to_be_visible()
    officer.leave()
