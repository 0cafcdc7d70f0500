"""Writing accounts: one function a write, in one transaction, audited."""

from openanpr.accounts.services.devices import register_device, revoke_device
from openanpr.accounts.services.people import (
    create_account,
    deactivate_account,
    set_theme,
)
from openanpr.accounts.services.rights import (
    OwnAccountError,
    RolesConflictError,
    end_role,
    give_role,
    lapse_training,
    record_training,
)

__all__ = [
    "OwnAccountError",
    "RolesConflictError",
    "create_account",
    "deactivate_account",
    "end_role",
    "give_role",
    "lapse_training",
    "record_training",
    "register_device",
    "revoke_device",
    "set_theme",
]
