"""Who looks after the assurance of the system."""

from typing import Final

from openanpr.access.vocabulary import Role

OVERSEEING: Final = frozenset({Role.AUDITOR, Role.DATA_PROTECTION_OFFICER})
