"""A force that writes, judges and decides the case for a camera, for tests."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.test import Client

from openanpr.access.vocabulary import Rank, Role
from openanpr.cameras.models import Camera
from openanpr.governance.models import CameraCase
from tests.factories.accounts import client_as, make_user
from tests.factories.cameras import make_camera, profile_in_force

OWNER = "owner"
WHY = "The figures of the last year show the need for it"

PARTS: dict[str, dict[str, Any]] = {
    "place": {
        "road": "major",
        "view": "A footway and the entrance of a depot",
        "why_here": "Most of the stolen vehicles leave the town by this road",
        "deployment": "lasting",
    },
    "need": {
        "grounds": ["serious", "local"],
        "said_serious": WHY,
        "said_local": WHY,
    },
    "overlap": {"overlap": WHY, "gap": "The road out of town towards the north"},
    "screening": {
        **dict.fromkeys(("sensitive", "combined", "others", "intrusive"), "no"),
        "new_people": "yes",
        "why": "People who drive there are not recorded now",
    },
    "assessment": {
        "flows": "Marks and pictures go to the store of this force",
        "necessity": "Nothing less intrusive finds vehicles that are stolen",
        "proportionality": "Many are recorded, few are looked at by anybody",
        "risks": "People who did nothing are recorded for two years",
        "mitigations": "Nobody looks without a purpose that is recorded",
        "residual": "low",
        "accepted": "What remains is small beside what it prevents",
    },
    "consultation": {"asks": "yes", "interested": "The parish council and the residents' group"},
    "public": {
        "area": "Chelmsford, north",
        "purpose": "To find stolen vehicles that leave the town",
        "summary": "Marks and pictures are kept for two years and then removed",
    },
    "outcome": {
        "said": "Two were for it, one feared for their privacy",
        "changed": "The view no longer takes in the footway",
    },
}


@dataclass
class CaseWorld:
    """A proposed camera, and those who deal with its case."""

    camera: Camera
    author: Client
    officer: Client
    decider: Client
    case: CameraCase

    def address(self, rest: str = "") -> str:
        return f"/camera-cases/{self.case.id}/{rest}"

    def write(self, *parts: str) -> None:
        for part in parts:
            answer = self.author.post(
                self.address(f"parts/{part}/"), {**PARTS[part], "save": "yes"}
            )
            assert answer.status_code == 302, (part, answer.content.decode()[-3000:])

    def fill(self) -> None:
        """Everything that its author and the data protection officer do, but the consultation."""
        self.write(*(name for name in PARTS if name != "outcome"))
        self.author.post(self.address("cameras/"), {"cameras": [str(self.camera.id)]})
        self.author.post(
            self.address("evidence/"), {"title": "Thefts", "link": "https://example.org/figures"}
        )
        self.sign_off()

    def sign_off(self) -> None:
        self.officer.post(
            self.address("sign-off/"), {"agrees": "yes", "advice": "The measures are enough here"}
        )

    def consult(self) -> None:
        until = datetime.now(UTC) + timedelta(days=30)
        answer = self.author.post(
            self.address("consultation/open/"), {**moment("until", until), "reason": WHY}
        )
        assert answer.status_code == 302, answer.content.decode()[-3000:]

    def end_consultation(self) -> None:
        CameraCase.objects.using(OWNER).filter(id=self.case.id).update(
            consults_until=datetime.now(UTC) - timedelta(minutes=1)
        )

    def decide(self, client: Client, answer: str = "approve") -> Any:
        review = datetime.now(UTC) + timedelta(days=300)
        return client.post(
            self.address("decide/"),
            {"answer": answer, "reason": WHY, "conditions": "", **moment("review_at", review)},
        )

    def now(self) -> CameraCase:
        return CameraCase.objects.using(OWNER).get(id=self.case.id)


def moment(name: str, when: datetime) -> dict[str, str]:
    return {
        f"{name}_day": str(when.day),
        f"{name}_month": str(when.month),
        f"{name}_year": str(when.year),
        f"{name}_time": "12:00",
    }


def case_world(**camera: Any) -> CaseWorld:
    profile_in_force()
    proposed = make_camera(state="proposed", **camera)
    author = client_as(make_user(roles=(Role.CAMERA_MANAGER,), covert_right=True))
    answer = author.post("/camera-cases/new/", {"title": "The road north", "reason": WHY})
    assert answer.status_code == 302
    return CaseWorld(
        camera=proposed,
        author=author,
        officer=client_as(make_user(roles=(Role.DATA_PROTECTION_OFFICER,), covert_right=True)),
        decider=client_as(
            make_user(roles=(Role.AUTHORISER,), rank=Rank.SUPERINTENDENT, covert_right=True)
        ),
        case=CameraCase.objects.using(OWNER).get(),
    )
