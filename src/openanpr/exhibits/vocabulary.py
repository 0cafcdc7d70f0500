"""The words of exhibits; their values are stored and stand in packs."""

from enum import StrEnum


class Edition(StrEnum):
    """``OPEN`` withholds where cameras stand, and every covert one; ``SENSITIVE`` shows sites."""

    OPEN = "open"
    SENSITIVE = "sensitive"


class ExhibitState(StrEnum):
    """``DRAFT``: reads are picked; ``ASKED``: recorded, the pack being made; ``REMOVED``: gone."""

    DRAFT = "draft"
    ASKED = "asked"
    READY = "ready"
    FAILED = "failed"
    REMOVED = "removed"


class Jurisdiction(StrEnum):
    """Whose courts the exhibit is for."""

    ENGLAND_AND_WALES = "england-and-wales"
    SCOTLAND = "scotland"
    NORTHERN_IRELAND = "northern-ireland"
