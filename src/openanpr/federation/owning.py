"""At the centre: which force a camera's reads come from."""

from collections.abc import Collection, Mapping

from openanpr.cameras.models import Camera
from openanpr.federation.models import Link


def owners_of(camera_ids: Collection[int]) -> Mapping[int, str]:
    """The code of the sending force of each camera; a camera of no line is left out."""
    feeds = {
        feed: code
        for code, own in Link.objects.values_list("force__code", "feed_ids")
        for feed in own
    }
    if not feeds:
        return {}
    cameras = Camera.objects.filter(id__in=camera_ids, feed_id__in=feeds)
    return {one: feeds[feed] for one, feed in cameras.values_list("id", "feed_id")}
