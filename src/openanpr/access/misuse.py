"""Misuse is challenged before the answer: what its signs take, by the profile's table."""

from openanpr.access import rules
from openanpr.access.facts import SearchQuery
from openanpr.access.profile import Profile
from openanpr.access.vocabulary import Demand, Reason


def challenged(query: SearchQuery, *, profile: Profile) -> rules.Findings:
    """What speaks against answering now, where a search shows signs of misuse.

    A sign that asks takes an explanation; one that holds takes that and a second person's release.
    The clause is the whole table: whoever searches is not told by which sign they were stopped.
    """
    demands = {profile.misuse[sign].demand for sign in query.signs if sign in profile.misuse}
    found = rules.PASSED
    if demands & {Demand.ASK, Demand.HOLD} and not query.explanation.strip():
        found += rules.denied(Reason.EXPLANATION_REQUIRED, "misuse")
    if Demand.HOLD in demands and not query.released:
        found += rules.denied(Reason.RELEASE_REQUIRED, "misuse")
    return found
