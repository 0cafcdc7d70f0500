"""The words of a job. Their values are what is stored."""

from enum import StrEnum


class JobState(StrEnum):
    """A running job whose process has died is taken again."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class Lane(StrEnum):
    """Jobs of one lane are done one after another; a long one holds up no other lane."""

    BULK = "bulk"
    QUICK = "quick"
