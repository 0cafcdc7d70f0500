"""``openanpr bench read --page``: the page for people, and the figures of the JSON."""

import html.parser
import json
import re
from pathlib import Path

import cv2
import pytest
from click.testing import Result
from tests.unit.reading.fakes import FakeRecogniserNetwork, fake_reader, scene
from typer.testing import CliRunner

from openanpr.cli import bench_read, bench_read_page
from openanpr.cli.markup import element
from openanpr.reading import Reader


class Outline(html.parser.HTMLParser):
    """What stands in a page: its elements in order, and the words."""

    VOID = ("meta", "img", "br", "hr")

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.words = ""
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += data

    def all(self, name: str) -> list[dict[str, str | None]]:
        return [attributes for tag, attributes in self.found if tag == name]


@pytest.fixture
def runner(monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    monkeypatch.setattr(Reader, "open", lambda *_, **__: fake_reader())
    return CliRunner()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "set"
    place.mkdir()
    for name, mark in {"right.png": "OA30AAA", "wrong.png": "OA30AAB", "a.png": "XK44LMN"}.items():
        assert cv2.imwrite(str(place / name), scene((mark, 40, 200)))
    (place / "a.png").rename(place / "nasty.png")
    assert cv2.imwrite(str(place / "empty.png"), scene())
    (place / "truth.csv").write_text(
        "image,plate,x,y,w,h\n"
        + "".join(
            f"{name},OA30AAA,40,200,120,30\n"
            for name in ("right.png", "empty.png", "wrong.png", "nasty.png")
        )
    )
    return place


def run(runner: CliRunner, folder: Path, *more: str | Path) -> Result:
    arguments = [str(folder), "--format", "json", *(str(each) for each in more)]
    result = runner.invoke(bench_read.app, arguments)
    assert result.exit_code == 0, result.output
    return result


def test_the_json_has_calibration_characters_times_and_memory(
    runner: CliRunner, folder: Path
) -> None:
    (line,) = run(runner, folder).stdout.splitlines()
    told = json.loads(line)
    assert told["peak_memory_mb"] > 20
    figures = told["sets"]["pictures"]
    assert figures["characters"]["A"] == {
        "shown": 8, "right": 7, "left_out": 0, "read_as": {"B": 1},
    }  # fmt: skip
    assert figures["put_in"] == {}
    assert sum(each["readings"] for each in figures["reliability"]) == figures["reads"] == 3
    low, high = figures["calibration_interval"]
    assert low <= figures["calibration_error"] <= high
    times = figures["cpu_ms_percentiles"]
    assert 0 < times["p50"] <= times["p90"] <= times["p95"] <= times["p99"] <= times["max"]
    assert figures["junk_per_image"] == 0.25
    # The sure and wholly wrong reading first, the plate that nobody read last.
    assert [entry["source"] for entry in told["misread"]] == ["nasty.png", "wrong.png", "empty.png"]


def test_the_page_shows_the_misread_and_asks_for_nothing(
    runner: CliRunner, folder: Path, tmp_path: Path
) -> None:
    page = tmp_path / "page.html"
    result = run(runner, folder, "--page", page)
    assert json.loads(result.stdout)["model"] == "fake"
    text = page.read_text(encoding="utf-8")
    outline = Outline(text)
    assert outline.all("html") == [{"lang": "en-GB"}]
    assert not outline.all("script")
    assert not outline.all("link")
    for image in outline.all("img"):
        assert str(image["src"]).startswith("data:image/jpeg;base64,")
        assert image["alt"]
    assert len(outline.all("img")) == 5
    assert not re.search(r"https?:|url\(|@import", text)
    assert all(cell["scope"] in ("col", "row") for cell in outline.all("th"))
    assert len(outline.all("caption")) == len(outline.all("table")) == 3
    assert len(outline.all("h1")) == len(outline.all("main")) == 1
    order = [outline.words.index(name) for name in ("nasty.png", "wrong.png", "empty.png")]
    assert order == sorted(order)
    assert "right.png" not in outline.words
    assert "OA30 AAB" in outline.words
    assert "Nothing was read" in outline.words


def test_whatever_a_name_holds_is_text(runner: CliRunner, tmp_path: Path) -> None:
    folder = tmp_path / "<b>set"
    folder.mkdir()
    picture = folder / 'a"><img src=x onerror=alert(1)>.png'
    assert cv2.imwrite(str(folder / "a.png"), scene(("XK44LMN", 40, 200)))
    (folder / "a.png").rename(picture)
    name = picture.name.replace('"', '""')
    truth = f'image,plate,x,y,w,h\n"{name}",OA30 aaa,40,200,120,30\n'
    (folder / "truth.csv").write_text(truth)
    page = tmp_path / "page.html"
    run(runner, folder, "--page", page)
    outline = Outline(page.read_text(encoding="utf-8"))
    assert {tag for tag, _ in outline.found}.isdisjoint({"b", "i", "script"})
    assert all("onerror" not in image for image in outline.all("img"))
    assert picture.name in outline.words
    assert "OA30 AAA" in outline.words


def test_elements_escape_texts_and_attributes() -> None:
    assert element("p", "<b>", class_='"') == '<p class="&quot;">&lt;b&gt;</p>'
    assert element("p", element("b", "x"), title=None) == "<p><b>x</b></p>"


def test_crops_and_films_have_pages_too(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    whole = fake_reader(recogniser=FakeRecogniserNetwork(whole=True))
    monkeypatch.setattr(Reader, "open", lambda *_, **__: whole)
    crops = tmp_path / "crops"
    crops.mkdir()
    assert cv2.imwrite(str(crops / "c.png"), scene(("OA30AAB", 0, 0), size=(120, 30)))
    (crops / "truth.csv").write_text("image,plate,x,y,w,h\nc.png,OA30AAA,0,0,120,30\n")
    told = json.loads(run(CliRunner(), crops, "--page", tmp_path / "c.html").stdout)
    assert told["sets"]["crops"]["exact"] == 0
    assert len(Outline((tmp_path / "c.html").read_text()).all("img")) == 1

    monkeypatch.setattr(Reader, "open", lambda *_, **__: fake_reader())
    films = tmp_path / "films"
    films.mkdir()
    for name, marks in {"seen.avi": [("OA30AAB", 0)], "not.avi": []}.items():
        fourcc = cv2.VideoWriter_fourcc(*"FFV1")
        writer = cv2.VideoWriter(str(films / name), fourcc, 12, (640, 384))
        for n in range(14):
            plates = [(mark, 40 + 20 * n, 60 + 10 * n) for mark, _ in marks]
            writer.write(scene(*plates, width=70 + 4 * n))
        writer.release()
    (films / "truth.csv").write_text("clip,plates\nseen.avi,OA30AAA\nnot.avi,OA30AAA\n")
    told = json.loads(run(CliRunner(), films, "--page", tmp_path / "f.html").stdout)
    assert told["sets"]["films"]["plates"] == 2
    outline = Outline((tmp_path / "f.html").read_text())
    assert len(outline.all("article")) == 2
    assert len(outline.all("img")) == 3


def test_a_page_of_many_says_how_many_it_leaves_out(
    runner: CliRunner, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bench_read_page, "MOST_PICTURES", 1)
    run(runner, folder, "--page", tmp_path / "page.html")
    outline = Outline((tmp_path / "page.html").read_text())
    assert len(outline.all("article")) == 1
    assert "2 more were misread" in outline.words


def test_a_page_without_a_folder_is_wrong_usage(
    runner: CliRunner, folder: Path, tmp_path: Path
) -> None:
    page = tmp_path / "none" / "page.html"
    result = runner.invoke(bench_read.app, [str(folder), "--page", str(page)])
    assert result.exit_code == 2
    assert "no folder" in result.stderr.replace("\n", " ")


def test_a_truth_that_is_no_mark_is_named_by_its_line(runner: CliRunner, tmp_path: Path) -> None:
    (tmp_path / "truth.csv").write_text("image,plate,x,y,w,h\na.png,OA30AAA,,,,\nb.png,<i>,,,,\n")
    result = runner.invoke(bench_read.app, [str(tmp_path)])
    assert result.exit_code == 2
    assert "line 3" in result.stderr
