"""``openanpr detect`` and ``openanpr bench read``, with networks made by hand."""

import json
from pathlib import Path

import cv2
import pytest
from tests.unit.reading.fakes import fake_reader, scene
from typer.testing import CliRunner

from openanpr.cli import bench_read, detect
from openanpr.reading import Reader


@pytest.fixture
def runner(monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    monkeypatch.setattr(Reader, "open", lambda *_, **__: fake_reader())
    return CliRunner()


def test_detect_gives_source_box_and_score(runner: CliRunner, tmp_path: Path) -> None:
    assert cv2.imwrite(str(tmp_path / "a.png"), scene(("OA30AAA", 40, 200), ("XK44LMN", 400, 60)))
    (tmp_path / "bad.png").write_bytes(b"nothing")
    result = runner.invoke(detect.app, [str(tmp_path), "--format", "jsonl"])
    assert result.exit_code == 1
    found = [json.loads(line) for line in result.stdout.splitlines()]
    assert len(found) == 2
    assert {record["source"] for record in found} == {str(tmp_path / "a.png")}
    assert all(record["score"] > 0.99 for record in found)
    assert sorted(abs(record["box"][0] - 40) < 4 for record in found) == [False, True]
    assert "bad.png" in result.stderr
    once = runner.invoke(detect.app, [str(tmp_path / "a.png"), "--once"])
    scores = [json.loads(line)["score"] for line in once.stdout.splitlines()]
    assert scores == [pytest.approx(0.9)] * 2
    none = runner.invoke(detect.app, [str(tmp_path / "a.png"), "--once", "--threshold", "0.95"])
    assert (none.exit_code, none.stdout) == (0, "")


def test_bench_counts_exact_folded_junk_and_confusions(runner: CliRunner, tmp_path: Path) -> None:
    for name, marks in {
        "right.png": ["OA30AAA"],
        "wrong.png": ["OA30AAB"],
        "junk.png": ["XK44LMN"],
        "empty.png": [],
        "nothing.png": ["OA30AAA"],
    }.items():
        plates = [(mark, 40, 200) for mark in marks]
        assert cv2.imwrite(str(tmp_path / name), scene(*plates))
    (tmp_path / "truth.csv").write_text(
        "image,plate,x,y,w,h\n"
        "right.png,OA30AAA,40,200,120,30\n"
        "wrong.png,OA30AAA,40,200,120,30\n"
        "junk.png,OA30AAA,40,200,120,30\n"
        "empty.png,OA30AAA,40,200,120,30\n"
        "nothing.png,,,,,\n"
    )
    result = runner.invoke(bench_read.app, [str(tmp_path), "--format", "json"])
    assert result.exit_code == 0
    told = json.loads(result.stdout.splitlines()[-1])
    figures = told["sets"]["pictures"]
    assert (figures["images"], figures["plates"], figures["exact"]) == (5, 4, 1)
    assert figures["unread"] == 2
    assert figures["junk"] == 2
    assert figures["confusions"] == [{"truth": "A", "read": "B", "count": 1}]
    assert figures["cpu_ms"] > 0
    assert told["model"] == "fake"
    misread = {"wrong.png", "junk.png", "empty.png", "nothing.png"}
    assert {entry["source"] for entry in told["misread"]} == misread


def test_bench_reads_films_once_a_vehicle(runner: CliRunner, tmp_path: Path) -> None:
    writer = cv2.VideoWriter(
        str(tmp_path / "c.avi"), cv2.VideoWriter_fourcc(*"FFV1"), 12, (640, 384)
    )
    for n in range(14):
        writer.write(scene(("OA30AAA", 40 + 20 * n, 60 + 10 * n), width=70 + 4 * n))
    writer.release()
    (tmp_path / "truth.csv").write_text("clip,plates\nc.avi,OA30AAA\n")
    result = runner.invoke(bench_read.app, [str(tmp_path)])
    assert result.exit_code == 0
    assert "films: 1 of 1 exact" in result.stdout


@pytest.mark.parametrize("truth", [None, "picture,text\na.png,OA30AAA\n"])
def test_bench_without_a_truth_it_knows_is_wrong_usage(
    runner: CliRunner, tmp_path: Path, truth: str | None
) -> None:
    if truth is not None:
        (tmp_path / "truth.csv").write_text(truth)
    assert runner.invoke(bench_read.app, [str(tmp_path)]).exit_code == 2
