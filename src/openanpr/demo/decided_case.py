"""What the cases of the demonstration say. Everything in them is invented."""

from collections.abc import Mapping
from typing import Any, Final

Parts = Mapping[str, Mapping[str, Any]]

TITLE: Final = "The cameras of Fenbridge"
WHY: Final = "Vehicles stolen in the town leave it by few roads"

_COMMON: Final[dict[str, dict[str, Any]]] = {
    "place": {
        "road": "major",
        "view": "Verges and the drove beside them; no home and no footway",
        "why_here": "Four in five of the vehicles stolen in the town left it this way last year",
        "deployment": "lasting",
        "ends_at": ["", "", "", ""],
    },
    "need": {
        "grounds": ["serious", "local"],
        "said_serious": "Two groups that steal vehicles to order used these roads last year",
        "said_local": "142 vehicles were taken in the town last year, 31 of them came back",
    },
    "overlap": {
        "overlap": "The other cameras of the area look at other roads out of the town",
        "gap": "Nothing watches the road between the quay and the county boundary",
    },
    "screening": {
        "new_people": "yes",
        "sensitive": "no",
        "combined": "no",
        "others": "no",
        "intrusive": "yes",
        "why": "People who live beyond the quay are recorded whenever they come to town",
    },
    "assessment": {
        "flows": "Marks and pictures go to the store of this force and nowhere else",
        "necessity": "Patrols were tried for a quarter and met one stolen vehicle",
        "proportionality": "About 3,000 passages a day are recorded; very few are looked at",
        "risks": "Regular journeys of people who did nothing could be read from the store",
        "mitigations": "Nobody looks without an investigation, and every look is audited",
        "residual": "low",
        "accepted": "What remains is small beside the harm that it prevents",
    },
    "consultation": {
        "asks": "yes",
        "interested": "The parish council, the drainage board and the farms along the drove",
        "why_not": "",
    },
}
PARTS: Final[Parts] = {
    **_COMMON,
    "public": {
        "area": "Fenbridge",
        "purpose": "To find stolen vehicles on the roads out of the town",
        "summary": "Marks and pictures are kept for two years and then removed",
    },
    "outcome": {
        "said": "In the demonstration this consultation lasts some seconds; nobody was asked",
        "changed": "Nothing was changed, since nobody could be asked",
    },
}
FIGURES: Final = "quarter,vehicles taken,found again\nQ1,38,9\nQ2,35,8\nQ3,33,6\nQ4,36,8\n"
