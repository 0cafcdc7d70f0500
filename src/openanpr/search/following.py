"""Whether a mark is being followed: searched for again and again for one investigation."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from openanpr.access.profile import Profile
from openanpr.investigations.models import Investigation
from openanpr.search.models import SearchRun
from openanpr.search.question import Question


@dataclass(frozen=True, slots=True, kw_only=True)
class Following:
    """How often the question's mark was searched for lately, and by what authority it is followed.

    ``earlier`` counts the allowed searches of the last ``days`` (of the mark asked for most, where
    there are several); ``threshold`` is the profile's, 0 where it has none.
    """

    earlier: int = 0
    days: int = 0
    threshold: int = 0
    surveillance: str = ""

    @property
    def is_followed(self) -> bool:
        """Whether the next search for it is one of following."""
        return bool(self.threshold) and self.earlier >= self.threshold


def following_of(
    question: Question,
    investigation: Investigation | None,
    *,
    surveillance: str,
    profile: Profile,
    at: datetime,
) -> Following:
    """The facts about following, for the policy to decide on and the audit to keep."""
    rule = profile.following
    if rule is None or investigation is None or not question.named:
        return Following(surveillance=surveillance)
    lately = SearchRun.objects.filter(
        investigation=investigation,
        asked_at__gte=at - rule.within,
        asked_at__lte=at,
        continues=None,
    ).exclude(decision="deny")
    counts: Counter[str] = Counter()
    for vrm, question_facts in lately.values_list("vrm", "question"):
        marks = {vrm} if vrm else set(question_facts.get("vrms", ()))
        counts.update(marks & question.named)
    return Following(
        earlier=max(counts.values(), default=0),
        days=rule.within.days,
        threshold=rule.searches,
        surveillance=surveillance.strip(),
    )
