"""Events about coming in: the referral, the wish to work and the first meeting."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from domain.events.base import Category, Event, Grant, GrantKind, Label, Words
from domain.language import Choice, Text
from domain.roles import Role

_ANY_PROFESSIONAL = frozenset(
    {
        Role.JOB_COACH,
        Role.CARE_WORKER,
        Role.JOB_BROKER,
        Role.CLIENT_MANAGER,
        Role.TEAM_LEAD,
        Role.PEER_WORKER,
        Role.BENEFITS_ADVISER,
        Role.LABOUR_EXPERT,
    }
)


class Channel(Choice):
    """Along which way somebody came; nobody is refused on it."""

    SELF = "self", "zelf", "self"
    WALK_IN = "walk_in", "inloop", "walk-in"
    MUNICIPALITY = "municipality", "gemeente", "municipality"
    UWV = "uwv", "UWV", "UWV"
    CARE = "care", "zorg", "care"
    WELFARE = "welfare", "welzijnswerk", "welfare work"
    EMPLOYER = "employer", "werkgever", "employer"
    NETWORK = "network", "naasten", "network"


class Want(Choice):
    """What somebody wants; every one of them is enough to start."""

    PAID = "paid", "betaald werk", "paid work"
    MORE_HOURS = "more_hours", "meer uren", "more hours"
    EDUCATION = "education", "een opleiding", "education"
    VOLUNTEERING = "volunteering", "vrijwilligerswerk", "volunteering"


class WordsBy(Choice):
    """Whose pen it was."""

    CLIENT = "client", "door de cliënt zelf", "by the client", Text("door jou zelf", "by you")
    NOTED = "noted", "opgeschreven door een ander", "noted by somebody else"


class ReferralEvent(Event):
    """What every event about coming in has."""

    CATEGORY = Category.REFERRAL


class Referred(ReferralEvent):
    """A person came in; this is the first entry of a trajectory."""

    TYPE: ClassVar[str] = "referral.made.v1"
    RECORDED_BY = _ANY_PROFESSIONAL | {Role.CLIENT}
    CORRECTABLE = True
    STANDS = "referral"
    SENTENCE = Text("Aangemeld via {channel}[, {location}]", "Came in via {channel}[, {location}]")

    client: UUID
    channel: Channel
    location: Label | None = None
    received_by: UUID | None = None
    """The professional who took it in, and so is the first of the team."""
    received_role: Role | None = None
    organisation: UUID | None = None

    def grants(self, stream: UUID) -> tuple[Grant, ...]:
        """The client reads the own trajectory, who took it in is on the team."""
        client = Grant(stream, "client", self.client, GrantKind.CLIENT, Role.CLIENT.value)
        if self.received_by is None or self.received_role is None:
            return (client,)
        key, role = f"team/{self.received_by}", self.received_role.value
        return (
            client,
            Grant(stream, key, self.received_by, GrantKind.TEAM, role, self.organisation),
        )


class WorkWishExpressed(ReferralEvent):
    """The only thing asked for: somebody wants to."""

    TYPE: ClassVar[str] = "wish.expressed.v1"
    CATEGORY = Category.PROFILE
    RECORDED_BY = frozenset({Role.CLIENT, Role.JOB_COACH})
    STANDS = "wish"
    SENTENCE = Text("Wil graag {wants}", "Would like {wants}")
    TO_CLIENT = Text("Je wilt graag {wants}", "You would like {wants}")

    note: UUID
    wants: tuple[Want, ...]
    words: Words | None = None
    words_by: WordsBy


class ProgrammeEntered(ReferralEvent):
    """The first meeting about the wish to work; the clock of rapid search starts here."""

    TYPE: ClassVar[str] = "programme.entered.v1"
    RECORDED_BY = frozenset({Role.JOB_COACH})
    STANDS = "entry"
    SENTENCE = Text("Eerste gesprek[ bij {programme}]", "First meeting[ at {programme}]")

    programme: UUID | None = None
