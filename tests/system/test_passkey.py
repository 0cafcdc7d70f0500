"""A passkey in a real browser: made on one's account page, then signing in without a password."""

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.system.browser import Person
from tests.system.installation import Installation

pytestmark = pytest.mark.browser


def test_a_passkey_is_made_and_signs_in(installation: Installation, browser: Browser) -> None:
    person = Person(installation, browser, "rights")
    a_device_that_keeps_passkeys(person)
    person.sign_in()
    a_passkey_is_made(person)
    the_passkey_signs_in(person)
    person.leave()


def a_device_that_keeps_passkeys(person: Person) -> None:
    tools = person.page.context.new_cdp_session(person.page)
    tools.send("WebAuthn.enable")
    tools.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )


def a_passkey_is_made(person: Person) -> None:
    page = person.page
    person.open("/account/passkeys/")
    person.check_page()
    page.locator("a.govuk-button").click()
    login = person.installation.login(person.username)
    page.get_by_role("textbox", name=re.compile("password", re.I)).fill(login.password)
    page.get_by_role("button", name="Continue").click()
    page.get_by_label(re.compile("name of the passkey", re.I)).fill("The computer at my desk")
    person.check_page()
    page.get_by_role("button", name="Make the passkey").click()
    person.page.wait_for_url(re.compile("/account/(passkeys|recovery-codes)/$"))
    person.open("/account/passkeys/")
    expect(page.get_by_text("The computer at my desk").first).to_be_visible()


def the_passkey_signs_in(person: Person) -> None:
    page = person.page
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
