"""Imports as the web's role: previewed, then applied as a whole, or not at all."""

import io
import zipfile
from datetime import datetime, timedelta
from typing import Any

import pytest
import xlsxwriter
from django.db import connections

from openanpr.access.vocabulary import Role
from openanpr.accounts.models import RoleHeld, User
from openanpr.adapters.list_rows import FIELDS
from openanpr.config.database import DatabaseRole
from openanpr.hotlists.models import Hotlist, HotlistEntry, HotlistImport, HotlistImportRow
from openanpr.hotlists.services import import_files, import_jobs, import_rows
from openanpr.hotlists.services.changes import UnableToChangeList
from openanpr.hotlists.services.import_files import ImportDetails, path_of
from openanpr.hotlists.services.imports import (
    ListMoved,
    apply_import,
    cancel_import,
    map_columns,
    recount,
    upload_list,
)
from openanpr.hotlists.vocabulary import ImportOperation
from tests.factories.alerts import OWNER, World, acting_as
from tests.factories.jobs import do_jobs


@pytest.fixture
def manager(world: World) -> User:
    return world.officer("lists", role=Role.LIST_MANAGER)


def line(vrm: str, **cells: str) -> str:
    values = {"vrm": vrm, "action": "STOP", "reason": "Stolen", "weed_date": "2027-01-31"} | cells
    return ",".join(values.get(name, "") for name in FIELDS) + "\n"


def given(
    world: World,
    manager: User,
    hotlist: Hotlist,
    content: str | bytes,
    operation: ImportOperation = ImportOperation.REPLACE,
    **details: Any,
) -> HotlistImport:
    values = {"operation": operation, "reason": "Daily file", "owner": "Sergeant Example"}
    change, made = upload_list(
        hotlist=hotlist,
        by=manager,
        at=world.at,
        name="daily.csv",
        file=io.BytesIO(content.encode() if isinstance(content, str) else content),
        details=ImportDetails(**(values | details)),
    )
    assert change
    assert made is not None
    do_jobs(world.at)
    made.refresh_from_db()
    return made


def apply(world: World, by: User, made: HotlistImport, *, without_rejected: bool = False) -> bool:
    at = world.at + timedelta(minutes=5)
    accepted = apply_import(import_id=made.id, by=by, at=at, without_rejected=without_rejected)
    do_jobs(at)
    return bool(accepted)


def figures(made: HotlistImport) -> tuple[int, ...]:
    made.refresh_from_db()
    return tuple(made.counts[name] for name in ("added", "changed", "removed", "unchanged"))


def live(hotlist: Hotlist) -> dict[str, str]:
    rows = HotlistEntry.objects.using(OWNER).filter(hotlist=hotlist, state="live")
    return {row.vrm: row.reason for row in rows}


def audited() -> list[tuple[str, str]]:
    with connections[OWNER].cursor() as cursor:
        cursor.execute(
            "select payload->>'step', decision from audit_event where verb = 'list.import' "
            "order by sequence"
        )
        return list(cursor.fetchall())


def test_a_full_file_is_applied_as_its_difference(world: World, manager: User) -> None:
    hotlist = world.hotlist()
    first = given(world, manager, hotlist, line("OA30AAA") + line("OA30AAB") + line("OA30AAC"))
    assert figures(first) == (3, 0, 0, 0)
    assert live(hotlist) == {}
    assert apply(world, manager, first)
    kept = HotlistEntry.objects.using(OWNER).get(hotlist=hotlist, vrm="OA30AAA").id
    text = line("OA30AAA") + line("OA30AAB", reason="Wanted") + line("OA30AAD")
    second = given(world, manager, Hotlist.objects.get(pk=hotlist.pk), text)
    assert figures(second) == (1, 1, 1, 1)
    assert set(live(hotlist)) == {"OA30AAA", "OA30AAB", "OA30AAC"}
    assert apply(world, manager, second)
    assert live(hotlist) == {"OA30AAA": "Stolen", "OA30AAB": "Wanted", "OA30AAD": "Stolen"}
    assert HotlistEntry.objects.using(OWNER).get(vrm="OA30AAA").id == kept
    gone = HotlistEntry.objects.using(OWNER).get(vrm="OA30AAC")
    assert (gone.state, gone.withdrawn_by_id) == ("withdrawn", manager.id)
    assert Hotlist.objects.get(pk=hotlist.pk).revision == hotlist.revision + 2
    assert not HotlistImportRow.objects.exists()
    assert audited() == [("uploaded", "allow"), ("accepted", "allow"), ("applied", "allow")] * 2


def test_adding_and_deleting_leave_the_rest(world: World, manager: User) -> None:
    hotlist = world.hotlist()
    world.entry(hotlist, "OA30AAA")
    world.entry(hotlist, "OA30AAB")
    added = given(world, manager, hotlist, line("OA30AAC"), ImportOperation.ADD)
    assert figures(added) == (1, 0, 0, 0)
    assert apply(world, manager, added)
    hotlist.refresh_from_db()
    deleted = given(world, manager, hotlist, line("OA30AAA"), ImportOperation.DELETE)
    assert figures(deleted) == (0, 0, 1, 0)
    assert apply(world, manager, deleted)
    assert set(live(hotlist)) == {"OA30AAB", "OA30AAC"}


def test_covert_entries_are_neither_told_nor_touched(world: World, manager: User) -> None:
    hotlist = world.hotlist()
    world.entry(hotlist, "OA30AAA", covert=True)
    world.entry(hotlist, "OA30AAB", covert=True)
    made = given(world, manager, hotlist, line("OA30AAB"))
    assert figures(made) == (1, 0, 0, 0)
    assert apply(world, manager, made)
    rows = HotlistEntry.objects.using(OWNER).filter(state="live").order_by("vrm", "covert")
    assert list(rows.values_list("vrm", "covert")) == [
        ("OA30AAA", True),
        ("OA30AAB", False),
        ("OA30AAB", True),
    ]


def test_an_archive_is_one_change(world: World, manager: User) -> None:
    hotlist = world.hotlist()
    world.entry(hotlist, "OA30AAA")
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("7_x_R.dat", line("OA30AAB") + line("OA30AAC"))
        archive.writestr("7_x_A.dat", line("OA30AAC", reason="Wanted") + line("OA30AAD"))
        archive.writestr("7_x_D.dat", line("OA30AAB"))
    made = given(world, manager, hotlist, content.getvalue(), ImportOperation.ADD)
    assert figures(made) == (2, 0, 1, 0)
    assert apply(world, manager, made)
    assert live(hotlist) == {"OA30AAC": "Wanted", "OA30AAD": "Stolen"}


def test_rejected_lines_are_told_and_must_be_let_go(world: World, manager: User) -> None:
    hotlist = world.hotlist()
    text = line("OA30AAA") + line("?") + "\n" + line("OA30AAA") + line("OA30AAB", make="=1+1")
    made = given(world, manager, hotlist, text)
    counts = made.counts
    assert counts["lines"] == counts["accepted"] + counts["rejected"] + counts["blank"] == 5
    assert [(one["line"], one["rejected"]) for one in made.problems] == [
        (2, True),
        (4, True),
        (5, False),
    ]
    assert "line 1 already" in made.problems[1]["why"]
    with pytest.raises(UnableToChangeList, match="rejected"):
        apply(world, manager, made)
    assert live(hotlist) == {}
    assert apply(world, manager, made, without_rejected=True)
    assert set(live(hotlist)) == {"OA30AAA", "OA30AAB"}


def test_flagged_lines_crowd_out_no_rejection(
    world: World, manager: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_files, "NOTES_KEPT", 1)
    flagged = "".join(line(f"OA30AA{letter}", make="=1") for letter in "ABC")
    made = given(world, manager, world.hotlist(), flagged + line("?") + line("OA30AAA"))
    assert [one["line"] for one in made.problems] == [1, 4, 5]
    assert made.problem_total == 5


def test_a_failure_leaves_the_list_whole(
    world: World, manager: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    hotlist = world.hotlist()
    world.entry(hotlist, "OA30AAA")
    made = given(world, manager, hotlist, line("OA30AAB"))
    taken = import_rows.take_over

    def half_way(**arguments: Any) -> None:
        taken(**arguments)
        raise ConnectionError

    with monkeypatch.context() as broken:
        broken.setattr(import_rows, "take_over", half_way)
        assert apply(world, manager, made)
    assert set(live(hotlist)) == {"OA30AAA"}
    made.refresh_from_db()
    assert made.state == "applying"
    do_jobs(world.at + timedelta(minutes=6))
    assert set(live(hotlist)) == {"OA30AAB"}


def test_a_list_that_moved_is_compared_again(world: World, manager: User) -> None:
    hotlist = world.hotlist()
    made = given(world, manager, hotlist, line("OA30AAA"))
    world.entry(hotlist, "OA30AAB")
    Hotlist.objects.using(OWNER).filter(pk=hotlist.pk).update(revision=9)
    with pytest.raises(ListMoved):
        apply(world, manager, made)
    recount(import_id=made.id, by=manager, at=world.at)
    do_jobs(world.at)
    assert figures(made) == (1, 0, 1, 0)
    assert apply(world, manager, made)


def test_columns_are_told_once_and_remembered(world: World, manager: User) -> None:
    hotlist = world.hotlist()
    text = "Kennzeichen;Grund\nOA30AAA;Diebstahl\n"
    more = {"default_action": "stop", "default_weed_at": world.at + timedelta(days=30)}
    made = given(world, manager, hotlist, text, **more)
    assert made.state == "uploaded"
    assert path_of(made.id).stat().st_mode & 0o777 == 0o600
    with pytest.raises(UnableToChangeList, match="twice"):
        map_columns(import_id=made.id, by=manager, at=world.at, columns={"vrm": 0, "make": 0})
    map_columns(import_id=made.id, by=manager, at=world.at, columns={"vrm": 0, "reason": 1})
    do_jobs(world.at)
    assert not path_of(made.id).exists()
    assert apply(world, manager, made)
    assert live(hotlist) == {"OA30AAA": "Diebstahl"}
    hotlist.refresh_from_db()
    assert given(world, manager, hotlist, text, **more).state == "parsed"


def test_a_list_of_two_persons_needs_another_to_apply(world: World, manager: User) -> None:
    hotlist = world.hotlist(second_person=True)
    made = given(world, manager, hotlist, line("OA30AAA"))
    assert not apply(world, manager, made)
    assert live(hotlist) == {}
    other = world.officer("other", role=Role.LIST_MANAGER)
    assert apply(world, other, made)
    entry = HotlistEntry.objects.using(OWNER).get()
    assert (entry.created_by_id, entry.confirmed_by_id) == (manager.id, other.id)
    assert audited() == [
        ("uploaded", "allow"),
        ("applied", "deny"),
        ("accepted", "allow"),
        ("applied", "allow"),
    ]


def test_a_cancelled_file_leaves_nothing_but_its_record(world: World, manager: User) -> None:
    hotlist = world.hotlist()
    made = given(world, manager, hotlist, line("OA30AAA"))
    cancel_import(import_id=made.id, by=manager, at=world.at)
    made.refresh_from_db()
    assert made.state == "refused"
    assert not HotlistImportRow.objects.exists()
    with pytest.raises(UnableToChangeList, match="answered already"):
        apply(world, manager, made)


def test_a_refused_archive_keeps_no_file(world: World, manager: User) -> None:
    folder = path_of(world.hotlist("Other").id).parent
    before = set(folder.iterdir())
    with pytest.raises(UnableToChangeList, match="damaged"):
        given(world, manager, world.hotlist(), b"PK\x03\x04 nothing")
    assert set(folder.iterdir()) == before
    assert not HotlistImport.objects.exists()


def test_only_a_list_manager_of_the_force_imports(world: World) -> None:
    officer = world.officer("patrol")
    change, made = upload_list(
        hotlist=world.hotlist(),
        by=officer,
        at=world.at,
        name="x.csv",
        file=io.BytesIO(line("OA30AAA").encode()),
        details=ImportDetails(operation=ImportOperation.ADD, reason="x", owner="y"),
    )
    assert not change
    assert made is None
    assert audited() == [("uploaded", "deny")]


def workbook(*rows: list[object], second: bool = False) -> bytes:
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True, "default_date_format": "dd/mm/yyyy"})
    sheet = book.add_worksheet("Daily")
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
    if second:
        book.add_worksheet("Old").write(0, 0, "x")
    book.close()
    return content.getvalue()


def test_a_workbook_is_read_row_by_row(world: World, manager: User) -> None:
    hotlist = world.hotlist()
    content = workbook(
        ["Reg", "Action", "Reason", "Weed date"],
        ["OA30 AAA", "STOP", "Stolen\nat night", datetime(2027, 1, 31)],  # noqa: DTZ001
        ['="OA30"&"AAB"', "STOP", "Stolen", "31/01/2027"],
        [],
        ["OA30AAC", "STOP", "=1+1", 20270131],
    )
    made = given(world, manager, hotlist, content)
    assert made.encoding == "sheet:Daily"
    assert [(one["line"], one["why"]) for one in made.problems] == [
        (3, "the registration mark is a formula"),
        (5, "Reason looks like a formula; it is kept as plain text"),
    ]
    assert apply(world, manager, made, without_rejected=True)
    assert live(hotlist) == {"OA30AAA": "Stolen at night", "OA30AAC": "=1+1"}
    assert list(path_of(made.id).parent.iterdir()) == []


def test_a_workbook_of_two_sheets_ends_with_its_reason(world: World, manager: User) -> None:
    made = given(world, manager, world.hotlist(), workbook(["OA30AAA"], second=True))
    assert (made.state, made.said[:32]) == ("refused", "The workbook has rows on 2 sheet")
    assert list(path_of(made.id).parent.iterdir()) == []
    assert audited() == [("uploaded", "allow"), ("refused", "allow")]


def test_who_lost_the_right_meanwhile_applies_nothing(world: World, manager: User) -> None:
    hotlist = world.hotlist()
    made = given(world, manager, hotlist, line("OA30AAA"))
    at = world.at + timedelta(minutes=1)
    assert apply_import(import_id=made.id, by=manager, at=at, without_rejected=False)
    RoleHeld.objects.using(OWNER).filter(user=manager).delete()
    do_jobs(at)
    made.refresh_from_db()
    assert (made.state, live(hotlist)) == ("parsed", {})
    assert audited()[-1] == ("applied", "deny")


def test_what_nobody_answers_is_thrown_away(world: World, manager: User) -> None:
    made = given(world, manager, world.hotlist(), line("OA30AAA"))
    waiting = given(world, manager, world.hotlist("Other"), "Kennzeichen;x\nOA30AAA;y\n")
    with acting_as(DatabaseRole.JOBS):
        assert import_jobs.throw_away_unanswered(at=world.at + timedelta(days=7)) == 0
        assert import_jobs.throw_away_unanswered(at=world.at + timedelta(days=8)) == 2
    made.refresh_from_db()
    assert made.state == "refused"
    assert not HotlistImportRow.objects.exists()
    assert not path_of(waiting.id).exists()
