"""The shape every event shares; its TYPE is the name stored in the log and never changes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Annotated, Any, ClassVar, NamedTuple, get_args
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from domain.language import Choice, Text
from domain.roles import Role


class Category(Choice):
    """What an event is about; the rows A..R of the visibility matrix (reference 7.5)."""

    IDENTITY = "A", "persoon en team", "identity and team"
    REFERRAL = "B", "aanmelding en verloop", "referral and stage"
    PERMISSIONS = "C", "toestemming en openheid", "permissions and disclosure"
    PROFILE = "D", "wens en profiel", "wish and profile"
    SEARCH = "E", "zoeken naar werk", "search"
    JOB = "F", "werk en uren", "job facts"
    INSTRUMENTS = "G", "regelingen voor werk", "instruments"
    SUPPORT = "H", "steuncontacten", "support contacts"
    WELLBEING = "I", "hoe het gaat", "wellbeing"
    SETBACK = "J", "even niet goed", "setback"
    CLINICAL = "K", "zorg", "clinical"
    ISSUES = "L", "wat in de weg staat", "blocking issues"
    BENEFITS = "M", "inkomen", "benefits advice"
    EK_PLAN = "N", "Eigen Kracht-plan", "EK plan"
    PEER_GROUP = "P", "groep", "peer group"
    TRUST = "Q", "keuze uit vertrouwen", "trust decisions"
    ACCESS = "R", "wie keek mee", "access log"


class Kind(StrEnum):
    """What sort of field it is: a category alone is too coarse to say who may see it."""

    FACT = "fact"  # structure: dates, kinds, counts, references
    WORDS = "words"  # somebody's own text
    HEALTH = "health"  # a structured value that reveals health
    THIRD = "third"  # another person's confidential words
    GIVEN = "given"  # given name
    FAMILY = "family"  # family name
    CONTACT = "contact"  # telephone, year of birth, language


class StreamKind(StrEnum):
    """The kinds of streams."""

    TRAJECTORY = "trajectory"
    PROGRAMME = "programme"
    PEER_GROUP = "peer_group"
    EMPLOYER = "employer"
    DIRECTORY = "directory"
    FUNDING = "funding"


class Retention(StrEnum):
    """Which record an entry belongs to: its key is kept for as long as that record (7.3)."""

    CARE_FILE = "care_file"
    REINTEGRATION = "reintegration"
    DIRECTORY = "directory"
    FUNDING = "funding"


class GrantKind(StrEnum):
    """What a row of the grants table gives its holder."""

    CLIENT = "client"  # holder is the client of the trajectory
    TEAM = "team"  # holder is on the team of the trajectory, in a role
    LEFT = "left"  # holder (an organisation) had the coach who left last, and none came since
    NETWORK = "network"  # holder was invited by the client
    SHARE = "share"  # how much the client shares with the holder, whom they invited
    MANDATE = "mandate"  # holder represents the client in these categories
    JOINED = "joined"  # holder took the client's invitation up, and so may be named
    PERMISSION = "permission"  # holder (a person, organisation or employer) may read categories
    EMPLOYER = "employer"  # holder (an employer) has a job of this trajectory
    DISCLOSURE = "disclosure"  # what was agreed that this employer may be told
    CONTACT = "contact"  # holder is a contact person of the employer that is the stream
    ROLE = "role"  # holder has a role in an organisation
    PEER = "peer"  # holder is in the peer group that is the stream
    WAS_PEER = "was_peer"  # holder was in the peer group: only their own part is theirs
    INVITED = "invited"  # holder was asked into the peer group that is the stream
    GROUP = "group"  # holder (an organisation) has the peer group that is the stream
    PROGRAMME = "programme"  # holder (an organisation) has the programme that is the stream
    SAMPLE = "sample"  # holder (an auditor) has this trajectory in a sample
    FUNDING = "funding"  # holder (a trajectory) is what the funding that is the stream pays for
    COVER = "cover"  # holder stands in for a coach of the trajectory from a day on: `begins_on`
    LINK = "link"  # holder (a trajectory) is a file of the same person, when it says so as well
    JUDGED = "judged"  # holder (an auditor) judged the choice that the key ends with
    SHIELDED = "shielded"  # holder (an entry, or what it began) is for the client and its author
    UNDONE = "undone"  # holder (an entry) was taken back by its author
    EMERGENCY = "emergency"  # holder (a care worker) reads until the moment that the key ends with
    SENT = "sent"  # holder reads the entry that the key ends with, which the client sent them
    REVIEWED = "reviewed"  # holder (an organisation) looked back at the emergency in the key


class Grant(NamedTuple):
    """A right that the append transaction itself writes, so that it works with its commit.

    `key` names the row within its stream: the same key again replaces it.
    """

    stream: UUID
    key: str
    holder: UUID
    kind: GrantKind
    role: str = ""
    organisation: UUID | None = None
    categories: str = ""
    until: date | None = None


class GrantEnd(NamedTuple):
    """The end of a grant: the row with this key in this stream is removed."""

    stream: UUID
    key: str


Words = Annotated[str, Kind.WORDS]
Label = Annotated[str, Kind.FACT]
"""A short name of a thing (a job title, a place), never a person's story."""
ThirdWords = Annotated[str, Kind.THIRD]
Hours = Annotated[float, Field(ge=0, le=80)]


class Event(BaseModel):
    """A fact that happened: a body only, without ids, versions or clock."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    TYPE: ClassVar[str]
    STREAM: ClassVar[StreamKind] = StreamKind.TRAJECTORY
    CATEGORY: ClassVar[Category]
    SUBJECT: ClassVar[str | None] = None
    """The field that names whose key encrypts it; None: the stream's own."""
    RETENTION: ClassVar[Retention] = Retention.REINTEGRATION
    SENTENCE: ClassVar[Text]
    """How the timeline words it: {field} is filled in, [a part] goes when its field is absent."""
    TO_CLIENT: ClassVar[Text | None] = None
    """The same, said to whom the file is about; None: it speaks of nobody, or of who noted it."""
    RECORDED_BY: ClassVar[frozenset[Role]]
    """Who records it (reference 4). In a trajectory the matrix, or `ALSO` beside it, must allow it
    as well; it names nobody whom these refuse, and not who records as another does (`AS`)."""
    STANDS: ClassVar[str | None] = None
    """The slot it takes in the current state: 'job/{placement}'; a later one replaces it."""
    ENDS: ClassVar[tuple[str, ...]] = ()
    """The slots it empties, with everything below them."""
    CORRECTABLE: ClassVar[bool] = True
    """Rights and team are changed by events of their own, never by a correction."""

    occurred_on: date
    late_reason: Words | None = None

    @classmethod
    def sentence(cls, *, to_client: bool) -> Text:
        """Give how it is worded, to the client or to others."""
        return cls.TO_CLIENT if to_client and cls.TO_CLIENT else cls.SENTENCE

    def grants(self, stream: UUID) -> tuple[Grant | GrantEnd, ...]:
        """Rights that begin or end with this event."""
        del stream
        return ()

    @property
    def category(self) -> Category:
        """The row of the matrix it falls under."""
        return self.CATEGORY


@cache
def field_kinds(event: type[Event]) -> dict[str, Kind]:
    """Name each field's kind; a field without a mark is a fact."""
    return {
        name: next(_kinds((field.annotation, *field.metadata)), Kind.FACT)
        for name, field in event.model_fields.items()
    }


def _kinds(annotations: tuple[Any, ...]) -> Iterator[Kind]:
    for each in annotations:
        if isinstance(each, Kind):
            yield each
        yield from _kinds((*get_args(each), *getattr(each, "__metadata__", ())))
