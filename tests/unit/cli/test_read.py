"""``openanpr read``: what it prints, names and answers, with networks made by hand."""

import json
import os
import subprocess
import sys
from pathlib import Path

import cv2
import numpy as np
import pytest
from click.testing import Result
from tests.unit.reading.fakes import FakeRecogniserNetwork, fake_reader, scene
from typer.testing import CliRunner

from openanpr.cli import read as command
from openanpr.reading import Reader


@pytest.fixture
def runner(monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    monkeypatch.setattr(Reader, "open", lambda *_, **__: fake_reader())
    return CliRunner()


def picture(path: Path, *plates: tuple[str, int, int]) -> Path:
    assert cv2.imwrite(str(path), scene(*plates))
    return path


def film(path: Path, marks: list[str]) -> Path:
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter_fourcc(*"FFV1"), 12, (640, 384))
    assert writer.isOpened()
    for mark in marks:
        for n in range(14):
            writer.write(scene((mark, 40 + 20 * n, 60 + 10 * n), width=70 + 4 * n))
        for _ in range(4):
            writer.write(scene())
    writer.release()
    return path


def objects(result: Result) -> list[dict[str, object]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def run(runner: CliRunner, *arguments: str | Path) -> Result:
    return runner.invoke(command.app, [str(argument) for argument in arguments])


def test_a_picture_gives_one_object_a_plate(runner: CliRunner, tmp_path: Path) -> None:
    path = picture(tmp_path / "two.png", ("OA30AAA", 40, 200), ("XK44LMN", 400, 60))
    result = run(runner, path, "--format", "jsonl")
    assert result.exit_code == 0
    first, second = objects(result)
    assert (first["vrm"], second["vrm"]) == ("OA30AAA", "XK44LMN")
    assert first["source"] == str(path)
    assert first["raw"] == "OA30AAA"
    assert first["model"] == "fake"
    assert first["country"] == "GB"
    assert first["frame"] == 0
    x, y, width, height = first["box"]  # type: ignore[misc]
    assert all(isinstance(side, int) for side in (x, y, width, height))
    assert abs(x - 40) < 4
    assert abs(width - 120) < 6
    candidates = first["candidates"]
    assert isinstance(candidates, list)
    assert candidates[0] == {"vrm": "OA30AAA", "confidence": first["confidence"]}


def test_a_picture_without_a_plate_gives_nothing(runner: CliRunner, tmp_path: Path) -> None:
    result = run(runner, picture(tmp_path / "road.png"), "--format", "jsonl")
    assert (result.exit_code, result.stdout) == (0, "")


def test_the_source_is_the_path_as_it_was_given(
    runner: CliRunner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "in").mkdir()
    picture(tmp_path / "in" / "a.png", ("OA30AAA", 40, 200))
    monkeypatch.chdir(tmp_path)
    for given, told in [
        ("./in/a.png", "./in/a.png"),
        ("in", "in/a.png"),
        ("in/", "in/a.png"),
        ("./in", "./in/a.png"),
        ("../" + tmp_path.name + "/in", "../" + tmp_path.name + "/in/a.png"),
    ]:
        (read,) = objects(run(runner, given, "--format", "jsonl"))
        assert read["source"] == told


def test_a_folder_is_independent_pictures_and_films_and_nothing_else(
    runner: CliRunner, tmp_path: Path
) -> None:
    picture(tmp_path / "a.png", ("OA30AAA", 40, 200))
    picture(tmp_path / "b.PNG", ("OA30AAA", 44, 204))
    film(tmp_path / "c.avi", ["XK44LMN"])
    (tmp_path / "truth.csv").write_text("image,plate\n")
    (tmp_path / "._a.png").write_bytes(b"left by another system")
    result = run(runner, tmp_path, "--format", "jsonl")
    assert result.exit_code == 0
    assert result.stderr == ""
    assert [read["vrm"] for read in objects(result)] == ["OA30AAA", "OA30AAA", "XK44LMN"]


def test_a_film_gives_one_object_a_vehicle_a_pass(runner: CliRunner, tmp_path: Path) -> None:
    path = film(tmp_path / "road.avi", ["OA30AAA", "XK44LMN"])
    first, second = objects(run(runner, path, "--format", "jsonl"))
    assert (first["vrm"], second["vrm"]) == ("OA30AAA", "XK44LMN")
    assert (first["first_frame"], first["last_frame"]) == (0, 13)
    assert (second["first_frame"], second["last_frame"]) == (18, 31)
    assert 18 <= int(str(second["frame"])) <= 31
    assert first["direction"] == "towards"


def test_what_is_no_picture_is_named_after_the_rest_is_done(
    runner: CliRunner, tmp_path: Path
) -> None:
    text = tmp_path / "notes.txt"
    text.write_text("no picture")
    empty = tmp_path / "empty.jpg"
    empty.touch()
    cut = tmp_path / "cut.png"
    whole = picture(tmp_path / "whole.png", ("OA30AAA", 40, 200))
    cut.write_bytes(whole.read_bytes()[:300])
    broken = tmp_path / "broken.avi"
    broken.write_bytes(b"RIFF\x00\x00\x00\x00AVI " + bytes(200))
    large = tmp_path / "large.jpg"
    with large.open("wb") as file:
        file.truncate(50 * 1024 * 1024)
    bad = [text, empty, cut, broken, large, tmp_path / "missing.jpg"]
    result = run(runner, *bad, whole, "--format", "jsonl")
    assert result.exit_code == 1
    (read,) = objects(result)
    assert read["source"] == str(whole)
    lines = result.stderr.splitlines()
    assert len(lines) == len(bad)
    for path, line in zip(bad, lines, strict=True):
        assert line.startswith(f"openanpr: {path}: ")


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["a.png", "--format", "xml"],
        ["a.png", "--country", "Britain"],
        ["a.png", "--threads", "0"],
        ["a.png", "--annotate", "/dev/null/in"],
    ],
)
def test_wrong_usage_is_code_2(runner: CliRunner, arguments: list[str]) -> None:
    result = run(runner, *arguments)
    assert result.exit_code == 2
    assert result.stdout == ""


def test_plates_already_cut_out_are_read_whole(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    whole = fake_reader(recogniser=FakeRecogniserNetwork(whole=True))
    monkeypatch.setattr(Reader, "open", lambda *_, **__: whole)
    path = tmp_path / "plate.png"
    assert cv2.imwrite(str(path), scene(("OA30AAA", 0, 0), size=(120, 30)))
    runner = CliRunner()
    (read,) = objects(run(runner, path, "--crop", "--format", "jsonl"))
    assert read["vrm"] == "OA30AAA"
    assert read["box"] == [0, 0, 120, 30]
    result = run(runner, film(tmp_path / "f.avi", ["OA30AAA"]), "--crop", "--format", "jsonl")
    assert result.exit_code == 1
    assert "--crop" in result.stderr


def test_the_table_is_for_people(runner: CliRunner, tmp_path: Path) -> None:
    picture(tmp_path / "a.png", ("OA30AAA", 40, 200))
    film(tmp_path / "b.avi", ["XK44LMN"])
    result = run(runner, tmp_path, "--format", "table")
    assert result.exit_code == 0
    assert "OA30 AAA" in result.stdout
    assert "0 to 13" in result.stdout
    assert str(tmp_path / "a.png") in result.stdout
    nothing = run(runner, picture(tmp_path / "road.png"), "--format", "table")
    assert nothing.stdout == ""
    assert "No plate found" in nothing.stderr


def test_annotated_pictures_show_what_was_seen(runner: CliRunner, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "more").mkdir()
    picture(tmp_path / "in" / "a.png", ("OA30AAA", 40, 200))
    picture(tmp_path / "in" / "more" / "a.png", ("OA30AAA", 40, 200))
    picture(tmp_path / "in" / "empty.png")
    film(tmp_path / "in" / "b.avi", ["XK44LMN", "OA30AAA"])
    drawn = tmp_path / "new" / "out"
    result = run(runner, tmp_path / "in", "--annotate", drawn, "--format", "jsonl")
    assert result.exit_code == 0
    names = sorted(path.name for path in drawn.iterdir())
    assert names == ["a-2.jpg", "a.jpg", "b-2.jpg", "b.jpg", "empty.jpg"]
    seen = cv2.imread(str(drawn / "a.jpg"))
    assert seen is not None
    assert seen.shape == (384, 640, 3)
    green = (seen[:, :, 1].astype(int) - seen[:, :, 2]) > 60
    assert green[195:240, 35:165].sum() > 100


def test_a_missing_model_is_a_clear_error(tmp_path: Path) -> None:
    path = picture(tmp_path / "a.png")
    result = run(CliRunner(), path, "--models", tmp_path / "none")
    assert result.exit_code == 1
    assert "no models" in result.stderr
    assert result.stdout == ""


def test_a_reader_of_the_output_may_leave(tmp_path: Path) -> None:
    for number in range(40):
        picture(tmp_path / f"{number:02d}.png", ("OA30AAA", 40, 200))
    code = (
        "from openanpr.reading import Reader; from tests.unit.reading.fakes import fake_reader;"
        "Reader.open = lambda *a, **k: fake_reader();"
        "from openanpr.cli.read import app; app()"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path), "--format", "jsonl"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(["src", "."])},
        cwd=Path(__file__).parents[3],
    )
    assert process.stdout is not None
    assert process.stderr is not None
    with process.stdout as out, process.stderr as errors:
        assert json.loads(out.readline())["vrm"] == "OA30AAA"
        out.close()
        assert errors.read() == b""
    assert process.wait(timeout=60) == 141


def test_a_long_film_tells_its_progress_on_stderr_now_and_then(
    runner: CliRunner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("openanpr.cli.read_progress.SECONDS_BETWEEN_LINES", 0.0)
    path = film(tmp_path / "road.avi", ["OA30AAA"])
    result = run(runner, path, "--format", "jsonl")
    assert "frame 5 of 18" in result.stderr
    assert len(objects(result)) == 1
    assert run(runner, path, "--format", "jsonl", "--quiet").stderr == ""


def test_a_film_in_grey_is_read_as_one_in_colour(tmp_path: Path) -> None:
    grey = scene(("OA30AAA", 40, 200))[:, :, 0]
    assert [reading.vrm for reading in fake_reader().read_image(np.asarray(grey))] == ["OA30AAA"]
