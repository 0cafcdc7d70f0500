"""Seeding of the instance that stands for the national centre beside the demonstration's force."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Final
from uuid import UUID

from openanpr.config.values import Settings
from openanpr.demo.guard import DemoRefused, require_demo
from openanpr.demo.logins import complete_logins
from openanpr.demo.people import FORCE_CODE, FORCE_NAME, PEOPLE

LINK: Final = UUID("01900000-0000-7000-8000-00000000fed1")
CONTROLLER: Final = f"The chief constable of {FORCE_NAME} (fictional)"


def seed_centre(settings: Settings, *, force_folder: Path, at: datetime | None = None) -> None:
    """People who may search, the profile, and the line of the force in ``force_folder``.

    That force's key is made where it has none. No camera, list or agent is made here: what the
    centre knows of those comes up the line. Raises DemoRefused.
    """
    require_demo(settings)
    from openanpr.demo import seed_force
    from openanpr.federation.line import own_public_key
    from openanpr.web.clock import now

    at = at or now()
    before = at - timedelta(minutes=1)
    logins = complete_logins(settings, [person.username for person in PEOPLE])
    force = seed_force.ensure_force(at=before)
    seed_force.ensure_profile(settings.profile, at=before)
    seed_force.ensure_people(force, logins, at=before)
    _admit(own_public_key(Settings(data_dir=force_folder)), at=at)


def force_settings(settings: Settings) -> dict[str, str]:
    """What the force's own settings must say for its reads to come here."""
    return {
        "OPENANPR_CENTRE_URL": f"http://{settings.host}:{settings.ingest_port}",
        "OPENANPR_CENTRE_LINK": str(LINK),
        "OPENANPR_FORCE_CODE": FORCE_CODE,
        "OPENANPR_CONTROLLER": CONTROLLER,
    }


def _admit(public_key: bytes, *, at: datetime) -> None:
    from openanpr.accounts.models import DeviceCredential
    from openanpr.demo.places import FEED
    from openanpr.demo.seed_force import SEEDER
    from openanpr.federation.services.admitting import admit_force

    known = DeviceCredential.objects.filter(id=LINK).first()
    if known is not None:
        if bytes(known.public_key) != public_key:
            raise DemoRefused(
                "the force's key is not the one admitted here: its data folder was made anew. "
                "Remove the centre's data folder too, and start again."
            )
        return
    admit_force(
        code=FORCE_CODE,
        name=FORCE_NAME,
        controller=CONTROLLER,
        feed_ids=[int(FEED)],
        public_key=public_key,
        by=SEEDER,
        at=at,
        link_id=LINK,
    )
