"""Places in words, as far as the scope of a search lets them be known."""

from collections.abc import Iterable

from openanpr.cameras.models import Camera
from openanpr.cameras.queries import cameras_by_id, place_of
from openanpr.search.services import SearchResult


def place_words(camera: Camera, *, with_location: bool) -> str:
    """The place of a camera as far as it may be known, in words."""
    place = place_of(camera, with_location=with_location)
    return f"{place.area_name}: {place.site_name}" if place.site_name else place.area_name


def shows_places(result: SearchResult) -> bool:
    """Whether exact places may be shown with this result."""
    scope = result.decision.scope
    return scope is not None and scope.show_location


def places_of(result: SearchResult, camera_ids: Iterable[int]) -> dict[int, str]:
    """The place of each camera in words."""
    ids = set(camera_ids)
    known = cameras_by_id(ids)
    exact = shows_places(result)
    return {
        number: place_words(known[number], with_location=exact)
        if number in known
        else "Unknown camera"
        for number in ids
    }
