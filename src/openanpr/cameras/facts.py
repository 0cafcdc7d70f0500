"""A camera as plain facts, without the database."""

import uuid
from dataclasses import dataclass

from openanpr.cameras.authority import Authority


@dataclass(frozen=True, slots=True, kw_only=True)
class CameraFacts:
    """What ingest needs of a camera. Never shown to anybody: it holds the position.

    ``authority``: when it may collect; never, where there is none.
    """

    id: int
    key: str
    name: str
    device_id: uuid.UUID | None
    state: str
    area_name: str
    latitude: float | None
    longitude: float | None
    is_mobile: bool
    authority: Authority = ()
