"""The request that a page is about, and words for what was refused."""

import uuid
from collections.abc import Sequence
from typing import Final

from django.http import Http404

from openanpr.access.explain import SENTENCES
from openanpr.rights import queries
from openanpr.rights.models import InformationRequest
from openanpr.rights.services import steps
from openanpr.workflow import Against, Refused

_WORDS: Final = {
    Against.NOT_FROM_HERE: "The request has moved on meanwhile; look at it again.",
    Against.REASON_REQUIRED: "Give a reason.",
    Against.EVIDENCE_REQUIRED: "Something that this step needs is missing.",
    steps.NOT_FOR_THIS_KIND: "This step does not belong to this kind of request.",
    steps.TOO_LATE_TO_EXTEND: "The time can be extended within the first time only.",
    steps.EXTENDED_ALREADY: "The time was extended already.",
    steps.DAY_OUT_OF_PLACE: "The day lies ahead, or before what it follows.",
}


def request_or_404(request_id: uuid.UUID) -> InformationRequest:
    """The request; 404 where there is none."""
    found = queries.request_of(request_id)
    if found is None:
        raise Http404
    return found


def in_words(refused: Refused | Sequence[str]) -> list[str]:
    """Every reason in a sentence."""
    reasons = refused.reasons if isinstance(refused, Refused) else refused
    return [_sentence(str(one)) for one in reasons]


def _sentence(reason: str) -> str:
    if reason in _WORDS:
        return _WORDS[reason]
    known = {str(one): text for one, text in SENTENCES.items()}
    text = known.get(reason, reason.replace("-", " "))
    return f"{text[:1].upper()}{text[1:]}."
