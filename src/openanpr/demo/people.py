"""The people of the fictional force: units and one account or more for each role."""

from dataclasses import dataclass
from typing import Final, Literal

from openanpr.access.vocabulary import Rank, Role

FORCE_CODE: Final = "FM"
FORCE_NAME: Final = "Fenmarch Police"

AREA_NORTH: Final = "Fenbridge North"
AREA_TOWN: Final = "Fenbridge Town"
HEADQUARTERS: Final = "Headquarters"  # no camera stands there: no alert is sent to its units

INTELLIGENCE: Final = "Intelligence Bureau"

UNITS: Final[dict[str, str]] = {  # name -> the area where it works, empty for the whole force
    "Force Control Room": "",
    "Roads Policing North": AREA_NORTH,
    "Fenbridge Response": AREA_TOWN,
    INTELLIGENCE: "",
    "Serious Crime": HEADQUARTERS,
    "Professional Standards": HEADQUARTERS,
    "Information Systems": HEADQUARTERS,
}

TrainingState = Literal["valid", "none", "lapsed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoPerson:
    """An account of the demonstration. `suggestion` says what to try with it, in a few words."""

    username: str
    full_name: str
    person_id: str
    unit: str
    rank: Rank
    roles: tuple[Role, ...]
    suggestion: str
    training: TrainingState = "valid"
    location_right: bool = False
    covert_right: bool = False

    @property
    def role_words(self) -> str:
        """The roles as the table of log-ins shows them."""
        return ", ".join(role.value for role in self.roles)


PEOPLE: Final[tuple[DemoPerson, ...]] = (
    DemoPerson(
        username="control", full_name="Morgan Ashdale", person_id="FM4101",
        unit="Force Control Room", rank=Rank.SERGEANT, roles=(Role.ALERT_USER,),
        location_right=True,
        suggestion="watch alerts come in, with exact places",
    ),
    DemoPerson(
        username="patrol", full_name="Robin Thackley", person_id="FM2207",
        unit="Roads Policing North", rank=Rank.CONSTABLE, roles=(Role.ALERT_USER,),
        suggestion="open an alert, check its picture, record the outcome",
    ),
    DemoPerson(
        username="intel", full_name="Ellis Marchmont", person_id="FM3310",
        unit=INTELLIGENCE, rank=Rank.CONSTABLE, roles=(Role.ALERT_USER,),
        location_right=True, covert_right=True,
        suggestion="also sees the covert list's alerts",
    ),
    DemoPerson(
        username="searcher", full_name="Jo Winterbourne", person_id="FM3322",
        unit="Fenbridge Response", rank=Rank.CONSTABLE, roles=(Role.SEARCHER,),
        suggestion="search with a reason, in an investigation",
    ),
    DemoPerson(
        username="analyst", full_name="Sam Harrowgate", person_id="FM3345",
        unit="Serious Crime", rank=Rank.CONSTABLE, roles=(Role.SEARCHER, Role.ANALYST),
        location_right=True,
        suggestion="open an investigation, search a mark",
    ),
    DemoPerson(
        username="newcomer", full_name="Kit Applegarth", person_id="FM3390",
        unit="Serious Crime", rank=Rank.CONSTABLE, roles=(Role.ANALYST,), training="none",
        suggestion="the same search untrained: refused, told why",
    ),
    DemoPerson(
        username="authoriser", full_name="Alex Pendlebury", person_id="FM1004",
        unit="Serious Crime", rank=Rank.SUPERINTENDENT, roles=(Role.AUTHORISER,),
        suggestion="answer requests for older reads",
    ),
    DemoPerson(
        username="lists", full_name="Frankie Oakhurst", person_id="FM5201",
        unit=INTELLIGENCE, rank=Rank.SERGEANT, roles=(Role.LIST_MANAGER,), covert_right=True,
        suggestion="add a vehicle to a list",
    ),
    DemoPerson(
        username="lists2", full_name="Charlie Rushmere", person_id="FM5202",
        unit=INTELLIGENCE, rank=Rank.SERGEANT, roles=(Role.LIST_MANAGER,), covert_right=True,
        suggestion="confirm covert entries as second person",
    ),
    DemoPerson(
        username="cameras", full_name="Jamie Holloway", person_id="FM6105",
        unit="Information Systems", rank=Rank.CONSTABLE, roles=(Role.CAMERA_MANAGER,),
        location_right=True,
        suggestion="suspend a camera: its reads go nowhere",
    ),
    DemoPerson(
        username="auditor", full_name="Lee Cavendale", person_id="FM7001",
        unit="Professional Standards", rank=Rank.INSPECTOR, roles=(Role.AUDITOR,),
        suggestion="see every search; check the chain",
    ),
    DemoPerson(
        username="dpo", full_name="Quinn Fairweather", person_id="FM7010",
        unit="Professional Standards", rank=Rank.INSPECTOR,
        roles=(Role.DATA_PROTECTION_OFFICER,),
        suggestion="the audit, for data protection",
    ),
    DemoPerson(
        username="rights", full_name="Robyn Castleton", person_id="FM7020",
        unit="Professional Standards", rank=Rank.SERGEANT, roles=(Role.RIGHTS_OFFICER,),
        suggestion="enter an information request; see when it is due",
    ),
    DemoPerson(
        username="checker", full_name="Sky Larkfield", person_id="FM6110",
        unit="Information Systems", rank=Rank.CONSTABLE, roles=(Role.ACCURACY_CHECKER,),
        suggestion="read plates blind; everything else is closed",
    ),
    DemoPerson(
        username="standards", full_name="Drew Hazelmere", person_id="FM7030",
        unit="Professional Standards", rank=Rank.CHIEF_INSPECTOR,
        roles=(Role.PROFESSIONAL_STANDARDS,),
        suggestion="protect a mark; see who asked for it",
    ),
    DemoPerson(
        username="system", full_name="Val Brookstone", person_id="FM6001",
        unit="Information Systems", rank=Rank.CONSTABLE, roles=(Role.SYSTEM_MANAGER,),
        suggestion="runs the system, reads nothing: try it",
    ),
)  # fmt: skip


def person_called(username: str) -> DemoPerson:
    """Return the person with this user name. Raises LookupError."""
    for person in PEOPLE:
        if person.username == username:
            return person
    raise LookupError(f"nobody in the demonstration is called {username!r}")
