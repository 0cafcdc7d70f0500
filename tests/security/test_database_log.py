"""The database server's own log holds no mark, whatever goes wrong."""

import psycopg
import pytest

from openanpr.config.postgres.cluster import Cluster

pytestmark = pytest.mark.security
MARK = "OA30ZZQ"


def test_an_error_that_quotes_a_row_quotes_it_to_nobody_but_its_caller(
    db: None, cluster: Cluster, superuser: psycopg.Connection[object]
) -> None:
    seen = "insert into vrm_seen (vrm, first_seen, last_seen, reads) values (%s, now(), now(), 1)"
    superuser.execute(seen, (MARK,))
    with pytest.raises(psycopg.errors.UniqueViolation, match=MARK):
        superuser.execute(seen, (MARK,))
    with pytest.raises(psycopg.errors.NotNullViolation, match=MARK):
        superuser.execute("insert into vrm_seen (vrm, reads) values (%s, 1)", (MARK,))
    log = cluster.layout.log_file.read_text()
    assert "duplicate key value" in log
    assert MARK not in log
