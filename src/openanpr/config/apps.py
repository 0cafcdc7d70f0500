"""The Django apps, lowest first, and what others' apps need of the database."""

from typing import Final

OPENANPR_APPS: Final = (
    "openanpr.web",
    "openanpr.audit",
    "openanpr.jobs",
    "openanpr.postbox",
    "openanpr.forces",
    "openanpr.policy",
    "openanpr.accounts",
    "openanpr.cameras",
    "openanpr.sensitive",
    "openanpr.reads",
    "openanpr.hotlists",
    "openanpr.alerts",
    "openanpr.investigations",
    "openanpr.ingest",
    "openanpr.search",
    "openanpr.oversight",
    "openanpr.rights",
    "openanpr.governance",
    "openanpr.retention",
    "openanpr.federation",
    "openanpr.complaints",
    "openanpr.public",
    "openanpr.holds",
    "openanpr.exhibits",
    "openanpr.api",
    "openanpr.receipts",
    "openanpr.operations",
    "openanpr.assurance",
)

# Tables of Django and of libraries, which have no `grants.py` of ours.
THIRD_PARTY_GRANTS: Final[dict[str, dict[str, str]]] = {
    "django_session": {"openanpr_web": "SELECT, INSERT, UPDATE, DELETE"},
    "django_content_type": {"openanpr_web": "SELECT"},
    "account_emailaddress": {"openanpr_web": "SELECT, INSERT, UPDATE, DELETE"},
    "account_emailconfirmation": {"openanpr_web": "SELECT, INSERT, UPDATE, DELETE"},
    "mfa_authenticator": {"openanpr_web": "SELECT, INSERT, UPDATE, DELETE"},
}
