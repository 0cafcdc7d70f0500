"""Who looks after the assurance of the system."""

from typing import Final

from openanpr.access.vocabulary import Role

OVERSEEING: Final = frozenset({Role.AUDITOR, Role.DATA_PROTECTION_OFFICER})
RECORDING: Final = frozenset({Role.DATA_PROTECTION_OFFICER})
REVIEWING: Final = frozenset({Role.CAMERA_MANAGER, Role.AUTHORISER, Role.DATA_PROTECTION_OFFICER})
ANSWERING: Final = frozenset({Role.RIGHTS_OFFICER, Role.DATA_PROTECTION_OFFICER})
READING: Final = OVERSEEING | REVIEWING
