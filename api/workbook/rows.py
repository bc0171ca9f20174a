"""The rows of each sheet, checked and typed; `row` says where it stood, `key` which row it is."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from api.workbook.words import ContactKind
from domain.events.benefit import Benefit
from domain.events.course import ClosingReason
from domain.events.placement import Contract, EndReason, TrialResult
from domain.events.referral import Channel, Want
from domain.events.search import Mode
from domain.events.support import WithWhom
from domain.state.work import PlacementKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What every row has; two rows are equal when they say the same, wherever they stand."""

    row: int = field(compare=False)
    key: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Person(Checked):
    given_name: str
    family_name: str
    birth_year: int | None
    phone: str | None
    benefit: Benefit | None
    language: str | None
    coach: str
    care_worker: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Trajectory(Checked):
    referred_on: date
    channel: Channel
    wish: str | None
    wants: Want | None
    first_talk_on: date | None
    closed_on: date | None
    closing: ClosingReason | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact(Checked):
    on: date
    kind: ContactKind
    mode: Mode
    partner: WithWhom
    employer: str | None
    report: str | None
    author: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Employer(Checked):
    name: str
    place: str | None
    branch: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement(Checked):
    employer: str
    title: str
    starts_on: date
    hours: float | None
    contract: Contract | PlacementKind
    ended_on: date | None
    reason: EndReason | TrialResult | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Score(Checked):
    on: date
    score: int
    words: str | None
