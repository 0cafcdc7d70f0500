"""The register in and out as a file, a camera by hand, the map: for those who may know places."""

import csv
import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.factories.accounts import client_as, make_user
from tests.factories.cameras import make_camera, make_site, profile_in_force

from openanpr.access.vocabulary import Role
from openanpr.audit.models import AuditEvent
from openanpr.cameras.models import Camera, Site

pytestmark = pytest.mark.usefixtures("db")

OWNER = "owner"
WHY = {"reason": "The register of the old system"}
HEAD = "feed,source,number,name,carrier,area,site_code,site_name,latitude,longitude,covert,callsign"


@pytest.fixture
def knowing(db: None) -> Client:
    profile_in_force()
    return client_as(make_user(roles=(Role.CAMERA_MANAGER,), location_right=True))


def file_of(*lines: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("register.csv", "\n".join((HEAD, *lines)).encode())


def test_a_register_is_looked_at_first_and_then_written(knowing: Client) -> None:
    make_camera(number=1)
    make_site("C9", sensitive=True)
    page = knowing.post(
        "/cameras/import/",
        {
            **WHY,
            "file": file_of(
                "7,1,1,A new name,fixed,Chelmsford,A12-1,,,,no,",
                "7,1,2,Camera 2,fixed,Chelmsford,B-1,Bridge,51.7,0.4,no,",
                "7,1,3,Camera 3,portable,Chelmsford,B-1,,,,no,",
                "7,1,4,Car camera,in-vehicle,FX30,,,,,no,FX30",
                "7,1,4,Again,in-vehicle,FX30,,,,,no,FX30",
                "7,1,5,Moved,fixed,Chelmsford,A12-1,,50,0,no,",
                "7,1,6,Hidden,fixed,Chelmsford,C9,,,,yes,",
                "7,x,7,,fixed,,,,,,no,",
            ),
        },
    ).content.decode()
    assert "8 lines: 3 new, 1 changed, 0 as they are, 4 wrong" in page
    for said in ("stands in line 5 already", "another place", "by somebody with the right to it"):
        assert said in page
    assert "Line 9: source must be a whole number" in page
    assert Camera.objects.using(OWNER).count() == 1

    (held,) = re.findall(r'name="held" value="([^"]+)"', page)
    assert knowing.post("/cameras/import/", {"held": held}).status_code == 302
    entered = {one.key: one for one in Camera.objects.using(OWNER).all()}
    assert set(entered) == {"7/1/1", "7/1/2", "7/1/3", "7/1/4"}
    assert (entered["7/1/1"].name, entered["7/1/1"].state) == ("A new name", "live")
    assert {entered[key].state for key in ("7/1/2", "7/1/3", "7/1/4")} == {"proposed"}
    assert entered["7/1/3"].carrier == "portable"
    event = AuditEvent.objects.using(OWNER).get(verb="register.import")
    assert event.payload == {"lines": 4}

    other = client_as(make_user(roles=(Role.CAMERA_MANAGER,), location_right=True))
    assert other.post("/cameras/import/", {"held": held}).status_code == 302
    assert AuditEvent.objects.using(OWNER).filter(verb="register.import").count() == 1


def test_what_goes_out_comes_back_the_same_and_is_audited_first(knowing: Client) -> None:
    site = make_site("=S1", name="=HYPERLINK(1)", longitude=-0.25)
    make_camera(number=1, site=site, owner="+council")
    make_camera(number=2, site=make_site("C1", sensitive=True))
    given = knowing.post("/cameras/export/", WHY)
    assert given["Content-Disposition"].startswith("attachment")
    (row,) = csv.DictReader(io.StringIO(given.content.decode()))
    assert (row["site_name"], row["owner"]) == ("'=HYPERLINK(1)", "'+council")
    assert float(row["longitude"]) == -0.25
    assert AuditEvent.objects.using(OWNER).get(verb="register.export").payload == {"cameras": 1}
    back = SimpleUploadedFile("register.csv", given.content)
    page = knowing.post("/cameras/import/", {**WHY, "file": back}).content.decode()
    assert "1 lines: 0 new, 0 changed, 1 as they are, 0 wrong" in page


def test_a_camera_is_entered_by_hand_as_proposed(knowing: Client) -> None:
    values = {
        "feed": "7", "source": "1", "number": "8", "name": "Mill Lane", "area": "Chelmsford",
        "carrier": "fixed", "site_code": "M-1", "site_name": "Mill Lane", "latitude": "51.7",
        "longitude": "0.4", "covert": "no", **WHY,
    }  # fmt: skip
    assert knowing.post("/cameras/enter/", values).status_code == 302
    assert Camera.objects.using(OWNER).get().state == "proposed"
    assert Site.objects.using(OWNER).get().longitude == 0.4
    again = knowing.post("/cameras/enter/", values)
    assert again.status_code == 422
    assert "in the register already" in again.content.decode()


def test_the_map_shows_places_to_those_who_may_know_them(knowing: Client) -> None:
    make_camera(number=1)
    page = knowing.get("/cameras/map/").content.decode()
    assert "51.75" in page
    assert "Gantry A12-1" in page
    assert AuditEvent.objects.using(OWNER).get(verb="register.map").payload == {"cameras": 1}
    without = client_as(make_user(roles=(Role.CAMERA_MANAGER,)))
    for address in ("map", "export", "import", "enter"):
        assert without.get(f"/cameras/{address}/").status_code == 403
