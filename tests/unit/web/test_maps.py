"""Points for the map script."""

from openanpr.web.maps import MapPoint, points


def test_points_become_geojson_with_longitude_first():
    found = points([MapPoint(label="North", latitude=51.5, longitude=0.5, kind="area")])
    assert found["features"] == [
        {
            "type": "Feature",
            "properties": {"label": "North", "kind": "area"},
            "geometry": {"type": "Point", "coordinates": [0.5, 51.5]},
        }
    ]
