"""Who may open the pages that change the profile; the profile itself decides who may change it."""

from typing import Final

from openanpr.access.vocabulary import Role

CHANGING: Final = frozenset({Role.SYSTEM_MANAGER, Role.DATA_PROTECTION_OFFICER})
