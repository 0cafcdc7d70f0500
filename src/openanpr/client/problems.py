"""Why a call gave nothing."""


class CallFailed(Exception):
    """The call was not answered. ``status`` is HTTP's, 0 where nothing came back."""

    def __init__(self, status: int, detail: str, reasons: tuple[str, ...] = ()) -> None:
        super().__init__(detail)
        self.status, self.detail, self.reasons = status, detail, reasons


class Refused(CallFailed):
    """The access policy, or the token, says no; ``reasons`` say why, in words."""


class TooManyCalls(CallFailed):
    """Wait ``seconds`` and call again."""

    def __init__(self, detail: str, seconds: int) -> None:
        super().__init__(429, detail)
        self.seconds = seconds
