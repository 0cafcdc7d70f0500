"""Work is asked for by the processes whose work it is, and seen by them alone."""

import psycopg
import pytest

from openanpr.config.database import DatabaseRole

pytestmark = pytest.mark.security
ASKING = {DatabaseRole.WEB, DatabaseRole.WORKER, DatabaseRole.JOBS}
DOING = {DatabaseRole.WEB, DatabaseRole.JOBS}
OTHERS = [role for role in DatabaseRole if role is not DatabaseRole.OWNER]


@pytest.mark.parametrize("role", OTHERS)
def test_no_other_process_asks_for_work_or_sees_what_is_asked(db, connect_as, role):
    connection = connect_as(role.value)
    allowed = {
        verb: connection.execute(
            "select has_table_privilege('job', %s) or has_any_column_privilege('job', %s)",
            (verb, verb),
        ).fetchone()
        for verb in ("INSERT", "UPDATE")
    }
    assert allowed["INSERT"] == (role in ASKING,)
    assert allowed["UPDATE"] == (role is DatabaseRole.JOBS,)
    if role in DOING:
        connection.execute("select arguments from job")
    else:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("select arguments from job")
