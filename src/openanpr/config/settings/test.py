"""Settings of the tests: the web process against a cluster of its own in a scratch folder.

Test data is written through the alias ``owner``; what is tested runs as the role that runs it
in service.
"""

import atexit
import os
import shutil
import tempfile

from psycopg.conninfo import conninfo_to_dict, make_conninfo

_SCRATCH = tempfile.mkdtemp(prefix="openanpr-test-")
atexit.register(shutil.rmtree, _SCRATCH, ignore_errors=True)
os.chmod(_SCRATCH, 0o711)  # noqa: PTH101, S103 - the database's own user passes through
os.environ["OPENANPR_DATA_DIR"] = f"{_SCRATCH}/data"
for _name in ("OPENANPR_DATABASE_DSN", "OPENANPR_SECRETS_DIR", "OPENANPR_DEMO"):
    os.environ.pop(_name, None)
if "OPENANPR_TEST_DSN" in os.environ:  # the store's tests on another server
    _parts = conninfo_to_dict(os.environ["OPENANPR_TEST_DSN"], dbname="openanpr")
    _named = {name: str(_parts[name]) for name in ("host", "port", "dbname") if name in _parts}
    os.environ["OPENANPR_DATABASE_DSN"] = make_conninfo("", **_named)

from openanpr.config.database import DatabaseRole, django_database  # noqa: E402
from openanpr.config.settings.web import *  # noqa: E402, F403
from openanpr.config.settings.web import DATABASES, SETTINGS  # noqa: E402

DATABASES["owner"] = django_database(DatabaseRole.OWNER, SETTINGS)
DATABASE_ROUTERS = ["openanpr.config.settings.test.OneDatabase"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


class OneDatabase:
    """The aliases are roles in one database, so rows of any two may be related."""

    def allow_relation(self, *_: object, **__: object) -> bool:
        return True
