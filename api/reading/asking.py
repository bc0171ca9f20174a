"""Who asks, in which language: what every read and command is told about its asker."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from api.reading.looking import View
from api.reading.queried import Query
from domain.language import Language
from domain.policy import Reader
from eventlog.entry import Actor
from eventlog.log import Given


@dataclass(frozen=True, slots=True)
class Asking:
    """One request of one person, in the role they act in."""

    actor: Actor
    language: Language = "nl"
    request: UUID = field(default_factory=uuid4)
    """The id of this request; in the log of the service, and as correlation in the event log."""
    view: View | None = None
    """What of a file this request shows; None for one that shows none."""
    query: Query = ()
    """By what of it was asked, as it stands in the access log."""
    looked: set[UUID] = field(default_factory=set, compare=False)
    """The files of which it stands written down already that this request looks at them."""
    circles: dict[UUID, Any] = field(default_factory=dict, compare=False, repr=False)
    """By file, whose names are taken out of what is told of it: `nameless` keeps it."""
    grants: dict[tuple[UUID, UUID], Given] | None = field(default=None, compare=False)
    """What was read of what ties somebody to a file or themselves; None where nothing is kept.

    Only where nothing is saved meanwhile: rights are those of now.
    """

    @property
    def reader(self) -> Reader:
        """The asker as the policy knows them."""
        return Reader(self.actor.person, self.actor.role, self.actor.organisation)
