"""Who asks, as services take it: the account, and where the request came from."""

from dataclasses import dataclass

from openanpr.accounts.models import User


@dataclass(frozen=True, slots=True, kw_only=True)
class Requester:
    """A signed-in officer; address and request id go to the audit."""

    user: User
    source_address: str = ""
    request_id: str = ""
