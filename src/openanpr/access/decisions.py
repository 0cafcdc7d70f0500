"""The answers. A "no" is a value with its reasons, never an exception."""

from dataclasses import dataclass
from datetime import datetime

from openanpr.access.scope import Scope
from openanpr.access.vocabulary import Action, Reason


@dataclass(frozen=True, slots=True)
class Finding:
    """One reason, and the clause of the profile (or of the house rules) that gives it."""

    reason: Reason
    clause: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """Yes or no to one question. ``profile`` is the label of the profile that it was made under."""

    action: Action
    allowed: bool
    findings: tuple[Finding, ...]
    profile: str
    band: str | None = None

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Every reason once, in the order in which the rules stand."""
        return distinct(self.findings)

    def __bool__(self) -> bool:
        return self.allowed


@dataclass(frozen=True, slots=True, kw_only=True)
class PartDecision:
    """The answer for the captures of one period that lie in one band.

    ``withheld`` names what this part leaves out although it is allowed: marks or areas that were
    asked for and lie outside the authorisation or the investigation.
    """

    band: str
    start: datetime
    end: datetime
    allowed: bool
    findings: tuple[Finding, ...]
    grant_ids: tuple[str, ...] = ()
    withheld: tuple[Finding, ...] = ()

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Every reason once."""
        return distinct(self.findings)

    @property
    def grant_id(self) -> str | None:
        """The grant that opens this part (the first, where several do)."""
        return self.grant_ids[0] if self.grant_ids else None


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchDecision:
    """The answer to a search: one part after the other, oldest first, tiling the whole period.

    ``scope`` is ``None`` exactly when nothing is allowed. ``findings`` are those of the whole
    answer: of the allowed parts when there is one, of everything otherwise.
    """

    action: Action
    allowed: bool
    parts: tuple[PartDecision, ...]
    scope: Scope | None
    findings: tuple[Finding, ...]
    profile: str

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Every reason of the whole answer once."""
        return distinct(self.findings)

    @property
    def withheld_reasons(self) -> tuple[Reason, ...]:
        """Why something that was asked for is not shown; empty when everything is."""
        found = [one for part in self.parts for one in part.withheld]
        found += [one for part in self.parts if not part.allowed for one in part.findings]
        return distinct(tuple(found))

    @property
    def complete(self) -> bool:
        """Whether everything that was asked for is allowed."""
        return self.allowed and not self.withheld_reasons

    def __bool__(self) -> bool:
        return self.allowed


def distinct(findings: tuple[Finding, ...]) -> tuple[Reason, ...]:
    """The reasons of these findings, each once, in their order."""
    return tuple(dict.fromkeys(finding.reason for finding in findings))
