"""Fills an empty installation with the fictional force. Seeding again changes nothing."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from openanpr.config.values import Settings
from openanpr.demo.guard import require_demo
from openanpr.demo.logins import complete_logins
from openanpr.demo.people import PEOPLE


@dataclass(frozen=True, slots=True)
class Seeded:
    """What there is after seeding."""

    people: int
    entries: int
    cameras: int


def seed(settings: Settings, *, at: datetime | None = None) -> Seeded:
    """Seed force, people, profile, lists, cameras and agents through the apps' own services.

    Django runs as the owner of the tables. Raises DemoRefused where a database is configured or
    the data folder was not made for a demonstration.
    """
    require_demo(settings)
    from openanpr.demo import (
        seed_cameras,
        seed_case,
        seed_decided_case,
        seed_force,
        seed_lists,
        seed_public,
        seed_requests,
    )
    from openanpr.web.clock import now

    at = at or now()
    # A moment earlier than the first decision, so that what is decided finds it in force.
    before = at - timedelta(minutes=1)
    logins = complete_logins(settings, [person.username for person in PEOPLE])
    force = seed_force.ensure_force(at=before)
    seed_force.ensure_profile(settings.profile, at=before)
    people = seed_force.ensure_people(force, logins, at=before)
    cameras = seed_cameras.ensure_cameras(settings, force, at=before)
    seed_decided_case.ensure_cases(people, before=before, at=at)
    entries = seed_lists.ensure_lists(people, at=at)
    seed_case.ensure_consultation(people["cameras"], at=at)
    seed_public.ensure_public(people["rights"], at=at)
    seed_requests.ensure_requests(at=at)
    return Seeded(people=len(people), entries=entries, cameras=cameras)
