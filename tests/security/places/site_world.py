"""An installation with fixed sites whose truth is known, and something of everything about them."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import psycopg

from openanpr.access.vocabulary import Rank, Role
from openanpr.accounts.models import RoleHeld, TrainingRecord, User
from openanpr.accounts.queries import actor_of
from openanpr.alerts.models import Alert
from openanpr.alerts.services.dispatch import dispatch_waiting
from openanpr.audit.services import AuditActor
from openanpr.cameras.models import Camera, Site
from openanpr.cameras.services import register_site
from openanpr.config.database import DatabaseRole
from openanpr.investigations.models import AuthorisationRequest, Investigation
from openanpr.search.models import SearchRun
from openanpr.sensitive.models import SensitivePlace
from tests.factories.accounts import make_user
from tests.factories.alerts import MARK, OWNER, World, acting_as, make_world
from tests.factories.cameras import make_camera
from tests.factories.casework import Casework, StoredReads
from tests.factories.holds import Holding
from tests.security.places.truth import Truth

DAY = timedelta(days=1)
KNOWN_AREA = "Northgate"
LONELY_AREA = "Southgate"

OPEN = Truth(
    name="Quarrendon Ford Lane at Vexham Mill, QX9 7ZZ",
    code="QXV-771",
    road="Quarrendon Ford Lane",
    postcode="QX9 7ZZ",
    latitude=57.418263,
    longitude=-3.927451,
    words=("Quarrendon Ford", "Vexham Mill"),
)
LONELY = Truth(
    name="Zellwick Causeway by Ommery Lock, QX3 5QX",
    code="QXZ-402",
    road="Zellwick Causeway",
    postcode="QX3 5QX",
    latitude=57.693518,
    longitude=-3.281746,
    words=("Zellwick", "Ommery Lock"),
)
COVERT = Truth(
    name="Yarrolby Hide above Fenwhistle, QX6 1QZ",
    code="QXY-665",
    road="Yarrolby Hide",
    postcode="QX6 1QZ",
    latitude=57.861937,
    longitude=-3.610584,
    words=("Yarrolby", "Fenwhistle"),
)
TRUTHS = (OPEN, LONELY, COVERT)


def elsewhere(truth: Truth) -> Truth:
    """Another truth of the same site: another name, and its place mirrored at the middle of all.

    So that distances stay what they are, and every order turns round.
    """
    return replace(
        truth,
        name=f"Aardvark Row, formerly {truth.code[::-1]}",
        code=truth.code[::-1],
        latitude=round(2 * 57.65 - truth.latitude, 6),
        longitude=round(2 * -3.6 - truth.longitude, 6),
    )


@dataclass(slots=True)
class SiteWorld:
    """The world, its people and the objects that addresses name."""

    world: World
    superuser: psycopg.Connection[Any]
    cameras: dict[str, Camera] = field(default_factory=dict)
    kwargs: dict[str, object] = field(default_factory=dict)
    investigation: Investigation | None = None
    people: list[User] = field(default_factory=list)

    def person(self, *roles: Role, location: bool = False, covert: bool = False) -> User:
        """Somebody of the north who is in the investigation's team."""
        user = make_user(
            roles=roles,
            unit=self.world.north,
            rank=Rank.SUPERINTENDENT,
            location_right=location,
            covert_right=covert,
        )
        assert self.investigation is not None
        self.investigation.members.model.objects.using(OWNER).create(
            investigation=self.investigation, user=user, added_by=user, added_at=self.world.at
        )
        return user

    def tell_differently(self) -> None:
        """Give every site another truth, everywhere where the old one is kept."""
        for truth in TRUTHS:
            new = elsewhere(truth)
            site = Site.objects.using(OWNER).filter(code=truth.code)
            ids = list(Camera.objects.filter(site__code=truth.code).values_list("id", flat=True))
            site.update(
                code=new.code, name=new.name, latitude=new.latitude, longitude=new.longitude
            )
            Camera.objects.using(OWNER).filter(id__in=ids).update(name=new.name)
            self.superuser.execute(
                "update hit set camera_name = %s, latitude = %s, longitude = %s "
                "where camera_id = any(%s)",
                (new.name, new.latitude, new.longitude, ids),
            )


def make_site_world(superuser: psycopg.Connection[Any]) -> SiteWorld:
    """Three sites of one camera each, read at, alerted on, searched, held and audited."""
    world = make_world(datetime.now(UTC).replace(microsecond=0))
    made = SiteWorld(world=world, superuser=superuser)
    for number, (truth, area) in enumerate(
        ((OPEN, KNOWN_AREA), (LONELY, LONELY_AREA), (COVERT, KNOWN_AREA)), 1
    ):
        made.cameras[truth.code] = _camera(truth, area=area, number=number, at=world.at)
    _searched_and_held(made)
    _alerted(made)
    made.kwargs |= {
        "camera_id": made.cameras[OPEN.code].id,
        "user_id": made.people[0].pk,
        "held_id": RoleHeld.objects.values_list("id", flat=True)[0],
        "record_id": TrainingRecord.objects.values_list("id", flat=True)[0],
        "kind": "mark",
        "sequence": 1,
        "place_id": _sensitive(world.at).id,
        "language": "en",
        "slug": "why",
    }
    return made


def _camera(truth: Truth, *, area: str, number: int, at: datetime) -> Camera:
    actor = AuditActor.system("test")
    site = register_site(
        code=truth.code,
        name=truth.name,
        area_name=area,
        latitude=truth.latitude,
        longitude=truth.longitude,
        sensitive=truth is COVERT,
        actor=actor,
        at=at,
    )
    return make_camera(number=number, site=site, name=truth.name, area_name=area, direction="north")


def _sensitive(at: datetime) -> SensitivePlace:
    """A place that is public; it says nothing of cameras, wherever they stand."""
    return SensitivePlace.objects.using(OWNER).create(
        kind="clinic",
        name="Clinic of another county",
        latitude=10.0,
        longitude=10.0,
        starts_at=at - DAY,
        reason="Patients come and go",
        proposed_by="person-one",
        proposer_name="One",
        proposed_at=at,
    )


def _searched_and_held(made: SiteWorld) -> None:
    at = made.world.at
    casework = Casework(at, made.world.force, made.world.north, made.world.south)
    ada = casework.person("ada", mfa=True)
    made.people.append(ada)
    made.investigation = casework.investigation(ada)
    stored = StoredReads(made.superuser)
    for hours, camera in enumerate(made.cameras.values(), 1):
        stored.add(MARK, at - timedelta(hours=hours), camera_id=camera.id, raw_vrm=MARK)
    holding = Holding(casework=casework, user=ada, superuser=made.superuser)
    hold = holding.place(made.investigation, holding.pick(made.investigation))
    request = AuthorisationRequest.objects.using(OWNER).create(
        investigation=made.investigation,
        requested_by=ada,
        requester_unit=ada.unit.name,
        requested_at=at,
        necessity="Needed",
        proportionality="Least that will do",
        period_from=at - 200 * DAY,
        period_to=at,
        days=7,
    )
    made.kwargs |= {
        "investigation_id": made.investigation.id,
        "hold_id": hold.id,
        "request_id": request.id,
        "run_id": SearchRun.objects.values_list("id", flat=True)[0],
    }
    assert actor_of(ada, at=at).location_right is False


def _alerted(made: SiteWorld) -> None:
    world = made.world
    hotlist = world.hotlist()
    entry = world.entry(hotlist)
    ids: list[UUID] = []
    for minutes, (truth, camera) in enumerate(zip(TRUTHS, made.cameras.values(), strict=True)):
        hit = world.hit(
            entry,
            camera_id=camera.id,
            camera_name=camera.name,
            camera_area=camera.area_name,
            latitude=truth.latitude,
            longitude=truth.longitude,
            captured_at=world.at - timedelta(minutes=9 - minutes),
        )
        ids.append(hit.id)
    with acting_as(DatabaseRole.WORKER):
        dispatch_waiting(at=world.at)
    alert = Alert.objects.filter(covert=False).order_by("raised_at")[0]
    made.kwargs |= {"hotlist_id": hotlist.id, "entry_id": entry.id, "alert_id": alert.id}
