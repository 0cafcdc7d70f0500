"""A file is given, its columns told, its preview answered, through the pages."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from openanpr.adapters.list_rows import FIELDS
from openanpr.hotlists.models import Hotlist, HotlistEntry, HotlistImport
from tests.factories.alerts import OWNER, World
from tests.factories.jobs import do_jobs


def line(world: World, vrm: str, **cells: str) -> str:
    weed = (world.at + timedelta(days=30)).date().isoformat()
    values = {"vrm": vrm, "action": "STOP", "reason": "Stolen", "weed_date": weed} | cells
    return ",".join(values.get(name, "") for name in FIELDS) + "\n"


def give(client: Client, hotlist: Hotlist, text: str, **changes: Any) -> Any:
    form = {
        "file": SimpleUploadedFile("daily.csv", text.encode()),
        "operation": "replace",
        "reason": "Daily file",
        "owner": "Sergeant Example",
        **changes,
    }
    address = reverse("hotlist_import", kwargs={"hotlist_id": hotlist.id})
    shown = client.post(address, form, follow=True)
    return looked_again(client) if do_jobs(datetime.now(UTC)) else shown


def looked_again(client: Client) -> Any:
    return client.get(one_page())


def one_page() -> str:
    made = HotlistImport.objects.using(OWNER).get()
    return reverse(
        "hotlist_import_one", kwargs={"hotlist_id": made.hotlist_id, "import_id": made.id}
    )


def marks() -> set[str]:
    return set(HotlistEntry.objects.using(OWNER).filter(state="live").values_list("vrm", flat=True))


def test_a_file_is_previewed_and_applied(world: World, client: Client) -> None:
    hotlist = world.hotlist()
    upload = reverse("hotlist_import", kwargs={"hotlist_id": hotlist.id})
    assert upload in client.get(reverse("hotlist", kwargs={"hotlist_id": hotlist.id})).text
    assert "512 MB" in client.get(upload).text
    preview = give(client, hotlist, line(world, "OA30AAA") + line(world, "OA30AAA9999999"))
    assert "Waits to be applied" in preview.text
    assert "at most 12 characters" in preview.text
    assert "OA30AAA" not in preview.text
    stopped = client.post(one_page(), {})
    assert stopped.status_code == 422
    assert "Lines were rejected" in stopped.text
    assert marks() == set()
    done = client.post(one_page(), {"without_rejected": "on"}, follow=True)
    assert "Being applied" in done.text
    assert marks() == set()
    do_jobs(datetime.now(UTC))
    assert "Applied" in looked_again(client).text
    assert marks() == {"OA30AAA"}
    assert "daily.csv" in client.get(upload).text


def test_columns_are_told_on_a_page(world: World, client: Client) -> None:
    asked = give(client, world.hotlist(), "Reg,Wozu\nOA30AAA,Burglary\n", default_action="stop")
    assert "Which column is which?" in asked.text
    assert "Column 2: Wozu" in asked.text
    nothing = dict.fromkeys(FIELDS, "-")
    missing = client.post(one_page(), nothing)
    assert missing.status_code == 422
    assert "registration mark" in missing.text
    waiting = client.post(one_page(), nothing | {"vrm": "0", "reason": "1"}, follow=True)
    assert "Waiting for its turn" in waiting.text
    do_jobs(datetime.now(UTC))
    preview = looked_again(client)
    assert "no weed date" in preview.text
    assert "No line of this file can be taken" in preview.text


def test_a_file_is_thrown_away(world: World, client: Client) -> None:
    give(client, world.hotlist(), line(world, "OA30AAA"))
    gone = client.post(one_page(), {"step": "cancel"}, follow=True)
    assert "thrown away" in gone.text
    assert marks() == set()
    assert "Thrown away" in client.get(one_page()).text


def test_an_upload_must_be_complete(world: World, client: Client) -> None:
    hotlist = world.hotlist()
    for field in ("operation", "reason", "owner"):
        assert give(client, hotlist, line(world, "OA30AAA"), **{field: ""}).status_code == 422
    bad = give(client, hotlist, "PK\x03\x04 nothing")
    assert "damaged" in bad.text
    assert not HotlistImport.objects.using(OWNER).exists()


def test_a_list_of_another_force_is_not_found(world: World, client: Client) -> None:
    give(client, world.hotlist(), line(world, "OA30AAA"))
    other = world.hotlist("Other")
    made = HotlistImport.objects.using(OWNER).get()
    wrong = reverse("hotlist_import_one", kwargs={"hotlist_id": other.id, "import_id": made.id})
    assert client.get(wrong).status_code == 404
