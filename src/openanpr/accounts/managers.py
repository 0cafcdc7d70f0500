"""How Django and allauth look accounts up."""

from typing import TYPE_CHECKING, Any

from django.contrib.auth.base_user import BaseUserManager

if TYPE_CHECKING:
    from openanpr.accounts.models import User


class UserManager(BaseUserManager["User"]):
    """Accounts by user name, whatever its case. There is no ``create_superuser``: nobody is one."""

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(username=normalise_username(username or ""))

    def create_user(self, username: str, password: str | None = None, **fields: Any) -> "User":
        """A saved account. Code of the product goes through ``accounts.services`` (audited)."""
        user = self.model(username=normalise_username(username), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


def normalise_username(username: str) -> str:
    """User names are kept in lower case without surrounding space."""
    return username.strip().lower()
