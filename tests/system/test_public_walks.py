"""What a resident, a journalist and an objector do on the public pages, and the desk's first step.

Every page is checked with axe; the resident has a telephone, the objector no scripts.
"""

import csv
import io
import json
import re

import httpx
import pytest
from playwright.sync_api import Browser, expect

from tests.system.browser import PHONE, Person
from tests.system.installation import Installation

pytestmark = pytest.mark.browser

STORY = "An officer stopped me in Mill Lane and said the camera had read another mark."


def test_a_resident_complains_by_telephone_and_the_desk_takes_it_up(
    installation: Installation, browser: Browser
) -> None:
    resident = Person(installation, browser, "", screen=PHONE)
    resident.open("/public/")
    the_page_fits_and_is_clean(resident)
    resident.page.get_by_role("link", name="Who may look, and for how long").first.click()
    the_page_fits_and_is_clean(resident)
    resident.page.get_by_role("link", name="Complain", exact=True).first.click()
    the_page_fits_and_is_clean(resident)
    resident.page.get_by_role("button", name="Complain online").click()
    the_page_fits_and_is_clean(resident)
    reference = a_complaint_is_sent(resident, "I was stopped by mistake")
    the_page_fits_and_is_clean(resident)
    assert resident.page.context.cookies() == []
    resident.leave()
    the_desk_acknowledges(installation, browser, reference)


def the_page_fits_and_is_clean(person: Person) -> None:
    width = person.page.evaluate("document.documentElement.scrollWidth")
    assert width <= PHONE["width"], person.page.url
    person.check_page()


def a_complaint_is_sent(person: Person, about: str) -> str:
    page = person.page
    page.get_by_label(about).check()
    page.get_by_label("What happened?").fill(STORY)
    page.get_by_label("Your name").fill("Alex Example")
    page.get_by_label("Where we can answer you").fill("alex@example.org")
    return sent_once_it_is_taken(person, "Send the complaint")


def sent_once_it_is_taken(person: Person, button: str) -> str:
    """Sooner than a person types, the form comes back as it was; pressed again it is taken."""
    panel = person.page.locator(".govuk-panel__body strong")
    written = person.page.locator("textarea").first.input_value()
    for _ in range(50):
        person.page.get_by_role("button", name=button).click()
        person.page.wait_for_load_state("load")
        if panel.count():
            break
        assert person.page.locator("textarea").first.input_value() == written
    # Chromium calls a form that comes back (422) an error.
    person.faults = [fault for fault in person.faults if "status of 422" not in fault]
    return panel.inner_text()


def the_desk_acknowledges(installation: Installation, browser: Browser, reference: str) -> None:
    desk = Person(installation, browser, "rights")
    desk.sign_in()
    desk.open("/complaints/")
    desk.check_page()
    desk.page.get_by_role("link", name=reference).click()
    expect(desk.page.get_by_text(STORY)).to_be_visible()
    desk.check_page()
    desk.page.get_by_role("link", name="Acknowledge it").click()
    desk.page.get_by_label("By post").check()
    desk.check_page()
    desk.page.get_by_role("button", name="Acknowledge it").click()
    expect(desk.page.get_by_text("Being looked into").first).to_be_visible()
    with desk.page.expect_download() as letter:
        desk.page.get_by_role("button", name="Acknowledgement", exact=True).click()
    assert letter.value.suggested_filename == f"{reference}-acknowledgement.pdf"
    desk.leave()


def test_a_journalist_finds_the_figures_as_chart_table_and_data(
    installation: Installation, browser: Browser
) -> None:
    journalist = Person(installation, browser, "")
    journalist.open("/public/figures/")
    journalist.check_page()
    page = journalist.page
    expect(page.get_by_role("heading", name="False alerts, by cause")).to_be_visible()
    expect(page.get_by_text(re.compile(r"95% limits")).first).to_be_visible()
    assert page.locator("svg.oa-chart").count() > 3
    csv_link, json_link = (
        page.get_by_role("link", name=name, exact=True).get_attribute("href")
        for name in ("CSV", "JSON")
    )
    journalist.leave()
    rows = list(csv.DictReader(io.StringIO(httpx.get(f"{installation.web}{csv_link}").text)))
    data = json.loads(httpx.get(f"{installation.web}{json_link}").text)["figures"]
    assert len(rows) == len(data) > 60
    assert {row["figure"] for row in rows} >= {"reads", "false-misread", "accuracy"}


def test_an_objector_learns_how_cameras_are_decided_without_scripts(
    installation: Installation, browser: Browser
) -> None:
    objector = Person(installation, browser, "", screen=PHONE, scripts=False)
    objector.open("/public/new-cameras/")
    objector.page.get_by_role("link", name="Fenbridge, east").click()
    page = objector.page
    page.get_by_label("What do you think?").fill("It looks into my garden.")
    sent_once_it_is_taken(objector, "Send the reply")
    expect(page.get_by_role("heading", name="We have your reply")).to_be_visible()
    objector.leave()
    checker = Person(installation, browser, "", screen=PHONE)
    for path in ("/public/new-cameras/", page_of_the_consultation(checker)):
        checker.open(path)
        the_page_fits_and_is_clean(checker)
    checker.leave()


def page_of_the_consultation(person: Person) -> str:
    person.open("/public/consultations/")
    return person.page.locator(".oa-card__link").first.get_attribute("href") or ""
