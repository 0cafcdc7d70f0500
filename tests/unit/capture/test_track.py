"""A moving camera's place comes from a recorded track, in a loop."""

import json
from pathlib import Path

import pytest

from openanpr.capture.frames import SourceProblem
from openanpr.capture.track import Position, Track, load_track

GPX = """<?xml version="1.0"?>
<gpx xmlns="http://www.topografix.com/GPX/1/1" version="1.1"><trk><trkseg>
<trkpt lat="52.0" lon="0.5"><ele>3</ele><time>2026-11-22T10:00:00Z</time></trkpt>
<trkpt lat="52.1" lon="0.7"><time>2026-11-22T10:00:10Z</time></trkpt>
</trkseg></trk></gpx>"""


def test_places_between_two_points_lie_on_the_line_and_the_track_loops() -> None:
    track = Track([(5.0, Position(52.0, 0.0)), (15.0, Position(53.0, 1.0))])

    assert track.at(0) == Position(52.0, 0.0)
    assert track.at(2.5) == Position(52.25, 0.25)
    assert track.at(12.5) == Position(52.25, 0.25)


def test_gpx_and_json_say_the_same(tmp_path: Path) -> None:
    gpx, plain = tmp_path / "t.gpx", tmp_path / "t.json"
    gpx.write_text(GPX)
    plain.write_text(
        json.dumps(
            {"points": [{"t": 0, "lat": 52.0, "lon": 0.5}, {"t": 10, "lat": 52.1, "lon": 0.7}]}
        )
    )

    assert load_track(gpx).at(5) == load_track(plain).at(5) == Position(52.05, 0.6)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        '[{"t": 0, "lat": 1, "lon": 1}]',
        '[{"t": 9, "lat": 1, "lon": 1}, {"t": 0, "lat": 1, "lon": 1}]',
        '[{"t": 0, "lat": 91, "lon": 1}, {"t": 1, "lat": 1, "lon": 1}]',
        '[{"t": 0, "lat": 1, "lon": 1}, {"t": NaN, "lat": 1, "lon": 1}]',
        '[{"t": 0}]',
        "<gpx>",
        '<!DOCTYPE gpx [<!ENTITY a "aaaa">]><gpx>&a;</gpx>',
    ],
)
def test_what_is_no_track_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "track"
    path.write_text(text)
    with pytest.raises(SourceProblem):
        load_track(path)
