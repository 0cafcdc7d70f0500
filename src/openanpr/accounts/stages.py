"""The steps of a sign-in after the first proof."""

from typing import Final

from allauth.mfa.stages import AuthenticateStage
from django.http import HttpRequest

ELSEWHERE: Final = "second_factor_elsewhere"
"""Whether the force's own sign-in proved two factors, in the words that the settings trust."""


class SecondFactorStage(AuthenticateStage):  # type: ignore[misc]
    """Asks for the second factor, unless it was proven where the person came from."""

    def _should_handle(self, request: HttpRequest) -> bool:
        return not self.login.state.get(ELSEWHERE) and bool(super()._should_handle(request))
