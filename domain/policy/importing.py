"""Who takes over what a workbook holds: who leads the team where its coaches work."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from domain.events.base import Grant
from domain.policy.relation import Reader, roles_at
from domain.policy.told import leads


def imports_for(reader: Reader, grants: Iterable[Grant], today: date) -> UUID | None:
    """Name the organisation for which somebody imports; None for who may not.

    A team lead (reference 0.1: the summaries of these caseloads are theirs); a workbook holds
    words that nobody reads who only keeps the system going (7.5). `grants`: all that they hold.
    """
    at = reader.organisation
    if at is None or not leads(reader.role) or at not in roles_at(reader, grants, today):
        return None
    return at
