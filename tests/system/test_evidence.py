"""From a result to compared pictures, to an exhibit that checks offline; and plates read blind."""

import re
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest
from playwright.sync_api import Browser, Page, expect

from openanpr.config.database import SUPERUSER, dsn
from openanpr.config.values import Settings
from tests.system.browser import Person
from tests.system.installation import Installation
from tests.system.test_whole_path import (
    REASON,
    a_mark_is_searched,
    an_investigation_is_opened,
)

pytestmark = pytest.mark.browser
CHECKER = Path(__file__).parents[2] / "verify" / "evidence_check.py"


def test_pictures_are_compared_and_an_exhibit_is_made_that_checks_offline(
    installation: Installation, browser: Browser, tmp_path: Path
) -> None:
    mark = a_mark_with_a_picture(installation)
    analyst = Person(installation, browser, "analyst")
    analyst.sign_in()
    an_investigation_is_opened(analyst, "FM/26/1003")
    a_mark_is_searched(analyst, mark)
    pictures_are_compared(analyst)
    a_mark_is_searched(analyst, mark)
    pack = an_exhibit_is_made(analyst, tmp_path)
    checked = subprocess.run([sys.executable, "-I", str(CHECKER), str(pack)], check=False)
    assert checked.returncode == 0
    analyst.leave()


def test_a_plate_is_read_by_somebody_who_sees_nothing_else(
    installation: Installation, browser: Browser
) -> None:
    a_mark_with_a_picture(installation)
    checker = Person(installation, browser, "checker")
    checker.sign_in()
    checker.open("/checks/")
    page = checker.page
    page.get_by_role("button", name="Show a plate").click()
    the_plate_is_there(page)
    checker.check_page()
    page.get_by_label("It cannot be read").check()
    page.get_by_role("button", name="Keep and show the next").click()
    checker.open("/checks/figures/")
    expect(page.get_by_text("Too few to say").first).to_be_visible()
    checker.check_page()
    checker.leave()


def a_mark_with_a_picture(installation: Installation) -> str:
    """The mark of a read whose plate patch has come."""
    settings = Settings(data_dir=installation.data_dir)
    with psycopg.connect(dsn(SUPERUSER, settings)) as connection:
        for _ in range(120):
            found = connection.execute(
                "select r.vrm from reads r join read_image i on i.received_sha256 = r.patch_hash "
                "and i.stored_sha256 is not null order by r.captured_at desc limit 1"
            ).fetchone()
            if found is not None:
                return str(found[0])
            time.sleep(0.5)
    raise AssertionError("no picture came")


def the_plate_is_there(page: Page) -> None:
    picture = page.locator(".oa-patch--large").first
    expect(picture).to_be_visible()
    page.wait_for_function("document.querySelector('.oa-patch--large').naturalWidth > 0")


def reads_are_picked(page: Page) -> None:
    expect(page.get_by_role("heading", name=re.compile(r"\d+ reads? found"))).to_be_visible()
    for box in page.locator("input[name=read]").all()[:3]:
        box.check()


def pictures_are_compared(analyst: Person) -> None:
    page = analyst.page
    reads_are_picked(page)
    page.get_by_role("button", name="Compare pictures").click()
    the_plate_is_there(page)
    analyst.check_page()
    page.get_by_label("Shows this mark").first.check()
    page.get_by_role("button", name="Keep what I said").click()
    expect(page.get_by_text("Kept one second reading")).to_be_visible()


def an_exhibit_is_made(analyst: Person, folder: Path) -> Path:
    page = analyst.page
    reads_are_picked(page)
    page.get_by_role("button", name="Make an exhibit").click()
    page.get_by_label("Recipient").fill("A Example, Crown Prosecution Service")
    page.get_by_label("Reason").fill(REASON)
    analyst.check_page()
    page.get_by_role("button", name="Record it and make the pack").click()
    expect(page.get_by_text("is made.").first).to_be_visible()
    analyst.check_page()
    page.get_by_role("button", name="Take a copy out").or_(
        page.get_by_role("link", name="Take a copy out")
    ).click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Take the copy out").click()
    path = folder / "pack.zip"
    download.value.save_as(path)
    return path
