"""Anybody reads the public pages; they say what the profile says and keep nothing of readers."""

from datetime import UTC, datetime
from importlib.resources import files

import pytest
from django.test import Client

from openanpr.access.vocabulary import Role
from openanpr.audit.models import AuditEvent
from openanpr.policy.models import ProfileVersion
from openanpr.policy.queries import digest_of
from openanpr.public.models import PageAnswers, PublicText
from openanpr.public.pages import PAGES
from tests.factories.accounts import client_as, make_force, make_user
from tests.factories.casework import make_casework

HEAVIEST = 6_000
"""Bytes of a page as sent, without the style sheet that the browser keeps."""


@pytest.fixture
def world(db):
    return make_casework(datetime.now(UTC))


def test_every_page_opens_for_a_stranger_without_a_cookie_and_may_be_found(world) -> None:
    stranger = Client()
    for address in ["", *(f"{slug}/" for slug in PAGES)]:
        answer = stranger.get(f"/public/{address}")
        assert answer.status_code == 200, address
        assert not answer.cookies
        assert answer["X-Robots-Tag"] == "all"
        assert answer["Cache-Control"].startswith("public")
        assert b"{force}" not in answer.content
    assert stranger.get("/public/no-such-page/").status_code == 404
    assert stranger.get("/public/why/cy/").status_code == 404


def put_in_force(name: str) -> None:
    """Another table takes the place of the one in force."""
    toml = files("openanpr.access").joinpath("profiles", f"{name}.toml").read_text()
    ProfileVersion.objects.using("owner").create(
        name=name,
        version="1",
        toml=toml,
        digest=digest_of(toml),
        takes_effect_at=datetime.now(UTC),
        proposed_by="P1",
        approved_by="P2",
        reason="the force decided so",
    )


def test_the_rules_on_the_page_are_those_in_force(world) -> None:
    page = Client().get("/public/who-may-look/").content.decode()
    assert "kept for <strong>2 years</strong>" in page
    assert "From 12 months to 2 years" in page
    put_in_force("example-12m")
    page = Client().get("/public/who-may-look/").content.decode()
    assert "kept for <strong>12 months</strong>" in page
    assert "2 years" not in page


def test_an_answer_is_counted_and_nothing_else(world) -> None:
    reader = Client(enforce_csrf_checks=True)
    for said in ("yes", "no", "yes"):
        assert reader.post("/public/why/helpful/", {"helpful": said}).status_code == 200
    assert reader.post("/public/why/helpful/", {"helpful": "<b>"}).status_code == 400
    assert list(PageAnswers.objects.values_list("page", "yes", "no")) == [("why", 2, 1)]
    assert not reader.cookies


def test_a_text_is_previewed_published_audited_and_kept_for_ever(world) -> None:
    editor = client_as(make_user("editor", roles=(Role.DATA_PROTECTION_OFFICER,)))
    address = "/public-desk/why/en/"
    text = {"language": "en", "body": "## New\n\n{force} [asks](javascript:x) <script>1</script>"}
    preview = editor.post(address, text | {"preview": "yes"})
    assert b"not published yet" in preview.content
    assert not PublicText.objects.exists()
    refused = editor.post(address, text | {"publish": "yes"})
    assert (refused.status_code, b"Say why" in refused.content) == (422, True)
    published = editor.post(address, text | {"publish": "yes", "reason": "Clearer words"})
    assert published.status_code == 302
    page = Client().get("/public/why/").content.decode()
    assert ">New</h2>" in page
    assert make_force().name in page
    assert "<script>1" not in page
    assert 'href="javascript:' not in page
    assert AuditEvent.objects.filter(verb="public-text.publish").count() == 1
    assert b"Clearer words" in editor.get(address).content


def test_a_page_appears_in_welsh_once_the_force_has_written_it(world) -> None:
    editor = client_as(make_user("editor", roles=(Role.DATA_PROTECTION_OFFICER,)))
    editor.post(
        "/public-desk/why/cy/",
        {
            "language": "cy",
            "title": "Pam",
            "body": "Testun",
            "reason": "A translation",
            "publish": "yes",
        },
    )
    welsh = Client().get("/public/why/cy/").content.decode()
    assert '<html lang="cy"' in welsh
    assert "Testun" in welsh
    assert ">Pam</h1>" in welsh
    assert '<footer class="oa-footer" lang="en-GB">' in welsh
    assert 'hreflang="cy"' in Client().get("/public/why/").content.decode()


def test_a_page_weighs_little_on_a_telephone(world) -> None:
    stranger = Client(headers={"Accept-Encoding": "gzip"})
    for address in ["", *(f"{slug}/" for slug in PAGES)]:
        answer = stranger.get(f"/public/{address}")
        assert answer["Content-Encoding"] == "gzip"
        assert len(answer.content) < HEAVIEST, address
