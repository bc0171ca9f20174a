"""A migrated log for the tests of the import."""

from __future__ import annotations

import pytest

from eventlog.migrate import migrate
from tests.postgres import fresh_database
from tests.workbook.logs import opened


@pytest.fixture
def dsn(database):
    """Connect as the service to an empty, migrated database."""
    migrate(database("samenspoor_owner"))
    return database()


@pytest.fixture
def handler(dsn):
    """A handler on that log."""
    with opened(dsn) as found:
        yield found


@pytest.fixture
def other(server):
    """A handler on a second empty log, to compare with."""
    with fresh_database(server) as database:
        migrate(database("samenspoor_owner"))
        with opened(database()) as found:
            yield found
