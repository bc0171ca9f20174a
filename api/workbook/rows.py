"""The rows of each sheet, checked and typed; `row` says where it stood, `key` which row it is."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date


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
    benefit: str | None
    language: str | None
    coach: str
    care_worker: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Trajectory(Checked):
    referred_on: date
    channel: str
    wish: str | None
    wants: str | None
    first_talk_on: date | None
    closed_on: date | None
    closing: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact(Checked):
    on: date
    kind: str
    mode: str
    partner: str
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
    contract: str
    ended_on: date | None
    reason: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Score(Checked):
    on: date
    score: int
    words: str | None
