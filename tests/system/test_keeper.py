"""A keeper asks by the public form; the desk finds their reads; the reply opens once."""

import re
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from playwright.sync_api import Browser, Page, expect

from openanpr.config.database import SUPERUSER, dsn
from openanpr.config.values import Settings
from tests.system.browser import PHONE, Person
from tests.system.installation import Installation

pytestmark = pytest.mark.browser


def test_a_keeper_asks_and_gets_their_own_reads(
    installation: Installation, browser: Browser, tmp_path: Path
) -> None:
    mark = a_mark_that_was_read(installation)
    keeper = Person(installation, browser, "rights", screen=PHONE)
    reference = the_keeper_asks(keeper, mark)
    link = the_desk_answers(installation, browser, reference, mark)
    the_keeper_opens_the_reply_once(keeper, link, reference, tmp_path)
    keeper.leave()


def a_mark_that_was_read(installation: Installation) -> str:
    settings = Settings(data_dir=installation.data_dir)
    with psycopg.connect(dsn(SUPERUSER, settings)) as owner:
        row = owner.execute(
            "select vrm from reads r join camera c on c.id = r.camera_id "
            "join site s on s.id = c.site_id where not s.sensitive and patch_hash is not null "
            "order by captured_at desc limit 1"
        ).fetchone()
    assert row is not None
    return str(row[0])


def the_keeper_asks(keeper: Person, mark: str) -> str:
    keeper.open("/public/your-rights/")
    keeper.page.get_by_role("link", name="Ask us by our form").click()
    page = keeper.page
    page.get_by_label("A copy of what you hold about me").check()
    page.get_by_label("What you want to know").fill("Where was my car read this week?")
    page.get_by_label("Registration mark").fill(mark)
    page.get_by_label("Your full name").fill("Pat Example")
    page.get_by_label("How we can reach you").fill("pat@example.org")
    keeper.check_page()
    received = page.get_by_role("heading", name="We have your request")
    for _ in range(50):  # a form that was filled in faster than people type is to be sent again
        page.get_by_role("button", name="Send").click()
        page.wait_for_load_state("load")
        if received.count():
            break
    expect(received).to_be_visible()
    # Chromium calls a form that comes back (422) an error.
    keeper.faults = [fault for fault in keeper.faults if "status of 422" not in fault]
    keeper.check_page()
    found = re.search(r"IR-\w{4}-\w{4}", page.content())
    assert found
    assert mark not in page.content()
    return found[0]


def the_desk_answers(
    installation: Installation, browser: Browser, reference: str, mark: str
) -> str:
    desk = Person(installation, browser, "rights")
    desk.sign_in()
    page = desk.page
    desk.open("/rights/")
    desk.check_page()
    page.get_by_role("link", name=reference).click()
    page.get_by_role("button", name="Take it over").click()
    desk.check_page()
    follow(page, "Accept proof of identity")
    page.get_by_label("What was shown").fill("Passport, copy in the locked cabinet")
    page.get_by_label("Reason").fill("Seen at the counter, the face agrees")
    desk.check_page()
    page.get_by_role("button", name="Accept proof of identity").click()
    follow(page, "Note a vehicle that the person kept")
    today = datetime.now(UTC).date()
    page.get_by_label("Kept it from").fill(str(today - timedelta(days=30)))
    page.get_by_label("Kept it to").fill(str(today))
    page.get_by_label("What shows it").fill("Keeper's record of these days")
    page.get_by_role("button", name="Vehicle that the person kept").click()
    page.get_by_role("button", name="Search for the reads").click()
    expect(page.get_by_role("heading", name=re.compile("reads? found"))).to_be_visible()
    desk.check_page()
    page.get_by_role("link", name="Look at it").first.click()
    desk.check_page()
    page.get_by_role("button", name="Only the plate is seen").click()
    page.get_by_role("link", name="Who saw it").first.click()
    expect(page.get_by_role("cell", name=re.compile("was shown"))).not_to_have_count(0)
    desk.check_page()
    desk.open("/rights/")
    page.get_by_role("link", name=reference).click()
    follow(page, "Decide")
    page.get_by_label("Granted in full").check()
    page.get_by_label("Why, for the record").fill("Nothing speaks against giving all of it")
    desk.check_page()
    page.get_by_role("button", name="Decide").click()
    follow(page, "Make the reply")
    desk.check_page()
    page.get_by_role("button", name="Make the reply").click()
    desk.check_page()
    link = page.locator("#reply-link").inner_text()
    desk.leave()
    return link


def the_keeper_opens_the_reply_once(
    keeper: Person, link: str, reference: str, folder: Path
) -> None:
    page = keeper.page
    path = "/" + link.split("/", 3)[3]
    keeper.open(path)
    keeper.check_page()
    page.get_by_label("Reference").fill(reference)
    with page.expect_download() as download:
        page.get_by_role("button", name="Get the reply").click()
    kept = folder / "reply.zip"
    download.value.save_as(kept)
    with zipfile.ZipFile(kept) as archive:
        names = set(archive.namelist())
    assert {"reply.pdf", "reads.csv", "SHA256SUMS"} <= names
    assert any(name.endswith("-plate.jpg") for name in names)
    page.get_by_role("button", name="Get the reply").click()
    expect(page.get_by_role("alert")).to_contain_text("Nothing opened")
    keeper.check_page()
    keeper.faults.clear()  # Chromium calls the page that opens nothing (404) an error


def follow(page: Page, name: str) -> None:
    page.get_by_role("link", name=name, exact=True).click()
