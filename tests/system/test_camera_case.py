"""A camera manager goes on with a case, a consultee answers, each page checked with axe."""

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.system.browser import PHONE, Person
from tests.system.installation import Installation

pytestmark = pytest.mark.browser


def test_a_case_is_taken_up_again_and_a_consultee_answers(
    installation: Installation, browser: Browser
) -> None:
    manager = Person(installation, browser, "cameras", screen=PHONE)
    manager.sign_in()
    the_proposed_case_is_opened(manager)
    a_part_is_left_and_taken_up_again(manager)
    link = a_consultee_gets_a_page(manager)
    consultee = Person(installation, browser, "nobody", scripts=False)
    the_consultee_answers(consultee, link)
    the_register_shows_what_the_cameras_rest_on(manager)
    manager.leave()
    consultee.leave()


def the_proposed_case_is_opened(person: Person) -> None:
    person.open("/camera-cases/")
    person.check_page()
    person.page.get_by_role("link", name="The road by the sluice").click()
    expect(person.page.get_by_text("Consultation", exact=True).first).to_be_visible()
    person.check_page()


def a_part_is_left_and_taken_up_again(person: Person) -> None:
    page = person.page
    page.get_by_role("link", name="What was said, and what was changed").click()
    page.get_by_label("What was said").fill("So far")
    person.check_page()
    page.get_by_role("button", name="Save and come back later").click()
    expect(page.get_by_text("Saved; go on with it when you like.")).to_be_visible()
    page.get_by_role("link", name="What was said, and what was changed").click()
    expect(page.get_by_label("What was said")).to_have_value("So far")
    page.go_back()


def a_consultee_gets_a_page(person: Person) -> str:
    page = person.page
    page.get_by_role("link", name="Who is asked, and what they say").click()
    person.check_page()
    page.get_by_role("link", name="Add somebody who is asked").click()
    page.get_by_label("Name", exact=True).fill("The clerk of the parish council")
    page.get_by_label("Their interest").fill("Speaks for the people who live there")
    page.get_by_label("How they are asked").fill("By letter")
    page.get_by_label("Make a personal page for them").check()
    person.check_page()
    page.get_by_role("button", name="Save").click()
    link = page.locator("code").inner_text()
    assert "/consultation/" in link
    return link


def the_consultee_answers(person: Person, link: str) -> None:
    page = person.page
    page.goto(link)
    expect(page.get_by_role("heading", level=1)).to_contain_text("A camera is proposed in")
    assert "Sluice" not in page.content()
    page.get_by_label("Your reply").fill("We are for it, if the view stays off the cottages")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your reply has been kept")


def the_register_shows_what_the_cameras_rest_on(person: Person) -> None:
    page = person.page
    person.open("/cameras/")
    person.check_page()
    page.get_by_role("link", name="Long Drove, northbound").first.click()
    expect(page.get_by_text(re.compile("Its case was decided"))).to_be_visible()
    person.check_page()
    person.open("/cameras/map/")
    expect(page.get_by_role("cell", name="Long Drove at Sedge Corner").first).to_be_visible()
    person.check_page()
