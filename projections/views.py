"""Everything there is to read: one object with the queries of all read models."""

from __future__ import annotations

from collections.abc import Collection
from time import monotonic, sleep
from typing import LiteralString

from projections.audit_trail import AuditTrail
from projections.caseload import Caseload
from projections.current_state import CurrentState
from projections.database import Database, NotMade
from projections.directory import Directory
from projections.outcomes import Outcomes
from projections.status import Status, status
from projections.support import Support
from projections.timeline import Timeline
from projections.wakeups import Wakeups

_TRACKED: LiteralString = " UNION ALL ".join(  # noqa: FLY002 - typed as literal
    [
        "SELECT 'timeline', notification_id FROM timeline.notification_tracking",
        "SELECT 'audit_trail', notification_id FROM audit_trail.notification_tracking",
        "SELECT 'current_state', notification_id FROM current_state.notification_tracking",
        "SELECT 'support', notification_id FROM support.notification_tracking",
        "SELECT 'caseload', notification_id FROM caseload.notification_tracking",
        "SELECT 'directory', notification_id FROM directory.notification_tracking",
        "SELECT 'outcomes', notification_id FROM outcomes.notification_tracking",
    ]
)
_FIRST_PAUSE = 0.001
_LONGEST_PAUSE = 0.02


class Views:
    """Reads every read model over one pool, as the service role."""

    def __init__(self, dsn: str, *, pool: int = 16) -> None:
        """Connect when first used."""
        self.database = Database(dsn, pool=pool)
        self.timeline = Timeline(self.database)
        self.audit_trail = AuditTrail(self.database)
        self.current_state = CurrentState(self.database)
        self.support = Support(self.database)
        self.caseload = Caseload(self.database)
        self.directory = Directory(self.database)
        self.outcomes = Outcomes(self.database)
        self.wakeups = Wakeups(dsn, self.database)

    def wait_for(self, models: Collection[str], position: int, *, timeout: float = 1.0) -> bool:
        """Wait until these read models show what stands at a position; False: not in time."""
        deadline = monotonic() + timeout
        pause = _FIRST_PAUSE
        while True:
            at = self.positions()
            if all(at.get(name, -1) >= position for name in models):
                return True
            if monotonic() > deadline:
                return False
            sleep(pause)
            pause = min(pause * 2, _LONGEST_PAUSE)

    def positions(self) -> dict[str, int]:
        """Give how far each read model is; nothing as long as they were not made."""
        try:
            return dict(self.database.rows(_TRACKED, {}))
        except NotMade:
            return {}

    def status(self) -> list[Status]:
        """Say how every read model is: how far behind, what is parked, what went wrong."""
        return status(self.database)

    def close(self) -> None:
        """Close every connection."""
        self.database.close()
