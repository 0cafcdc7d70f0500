"""Old labels of list rows and the ones that replaced them: grading, marking, action.

5x5x5 became 3x5x2 and the Government Protective Marking Scheme became the security
classifications (GSC). What is stored is the new label; where the old one had no exact successor
the change says so.
"""

import re
from typing import Final

_MARKINGS: Final = {
    "NOT PROTECTIVELY MARKED": "OFFICIAL",
    "NPM": "OFFICIAL",
    "UNCLASSIFIED": "OFFICIAL",
    "PROTECT": "OFFICIAL",
    "RESTRICTED": "OFFICIAL-SENSITIVE",
    "CONFIDENTIAL": "OFFICIAL-SENSITIVE",
}
_CURRENT_MARKINGS: Final = {
    "OFFICIAL": "OFFICIAL",
    "OFFICIAL-SENSITIVE": "OFFICIAL-SENSITIVE",
    "OFFICIAL SENSITIVE": "OFFICIAL-SENSITIVE",
    "OFFICIAL - SENSITIVE": "OFFICIAL-SENSITIVE",
    "OFFICIAL: SENSITIVE": "OFFICIAL-SENSITIVE",
    "SECRET": "SECRET",
    "TOP SECRET": "TOP SECRET",
}
_OLD_GRADING: Final = re.compile(r"([A-E])[ /-]?([1-5])[ /-]?([1-5])")
_NEW_GRADING: Final = re.compile(r"([1-3])[ /-]?([A-E])[ /-]?([PC])")
_SOURCES: Final = {"A": "1", "B": "1", "C": "2", "E": "2", "D": "3"}
_ASSESSMENTS: Final = {"1": "A", "2": "A", "3": "B", "4": "D", "5": "E"}
_ACTIONS: Final = {
    "STOP": "stop",
    "OBSERVE": "observe",
    "SILENT": "silent",
    "REPORT": "report",
    "STOP VEHICLE": "stop",
    "OBSERVE ONLY": "observe",
    "DO NOT STOP": "observe",
}


def marking(text: str) -> tuple[str, str]:
    """The marking to store for ``text``, and what was changed (empty when nothing was)."""
    wanted = " ".join(text.upper().split())
    if wanted in _CURRENT_MARKINGS:
        return _CURRENT_MARKINGS[wanted], ""
    if wanted in _MARKINGS:
        new = _MARKINGS[wanted]
        return new, f"the old marking {wanted} became {new}"
    return text, "the security marking is not a known one and was kept as it came" if text else ""


def grading(text: str) -> tuple[str, str]:
    """The 3x5x2 grading to store for ``text``, and what was changed (empty when nothing was).

    Handling codes above 1 carried conditions, so they become C.
    """
    wanted = text.strip().upper()
    if current := _NEW_GRADING.fullmatch(wanted):
        return "".join(current.groups()), ""
    if old := _OLD_GRADING.fullmatch(wanted):
        source, assessment, handling = old.groups()
        new = _SOURCES[source] + _ASSESSMENTS[assessment] + ("P" if handling == "1" else "C")
        return new, f"the 5x5x5 grading {''.join(old.groups())} became {new}"
    return text, "the grading is not a known one and was kept as it came" if text else ""


def action(text: str) -> str | None:
    """The action that ``text`` names; ``None`` for a word that names none."""
    return _ACTIONS.get(" ".join(text.upper().split()))
