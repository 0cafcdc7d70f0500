"""What a reminder says."""

from dataclasses import dataclass

import msgspec

from openanpr.web.deadlines import Waiting


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineNotice:
    """How much is overdue and how much falls due, and where to look; nothing of what it is."""

    message: str
    waiting: Waiting
    page: str

    @property
    def subject(self) -> str:
        """The subject of an e-mail."""
        return "ANPR: something is overdue" if self.waiting.overdue else "ANPR: what falls due"

    @property
    def text(self) -> str:
        """The text of an e-mail."""
        return f"{self.waiting.sentence}\n\n{self.page}\n"

    def body(self) -> bytes:
        """The notice as JSON, which is what a webhook receives."""
        return msgspec.json.encode(
            {
                "message": self.message,
                "event": "deadlines",
                "overdue": self.waiting.overdue,
                "soon": self.waiting.soon,
                "page": self.page,
            }
        )
