"""Changes of the rules that wait for a second person."""

from collections.abc import Iterable
from typing import Final

from openanpr.policy.models import ProfileProposal
from openanpr.policy.vocabulary import CHANGING
from openanpr.web.deadlines import Asked, Deadline


def proposals(asked: Asked) -> Iterable[Deadline]:
    """Proposals to answer before they were to take effect."""
    if not asked.is_for(*CHANGING):
        return
    found = ProfileProposal.objects.filter(
        state="proposed", takes_effect_at__lte=asked.until
    ).order_by("takes_effect_at")
    for number, label, due_at, author in found.values_list(
        "id", "label", "takes_effect_at", "proposed_by"
    ):
        yield Deadline(
            key=f"profile.answer:{number}",
            sentence=f"The proposed rules {label} wait for a second person",
            consequence="They cannot take effect before they are confirmed.",
            due_at=due_at,
            url_name="policy_proposal",
            url_kwargs={"proposal_id": number},
            roles=CHANGING,
            not_by=author,
        )


DEADLINES: Final = (proposals,)
