"""Tells one trajectory: its rows as commands, by the day they are about, the closing last."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Final
from uuid import UUID

from api.workbook.identity import Ids
from api.workbook.layout import CONTACTS, EMPLOYERS, PEOPLE, PLACEMENTS, TRAJECTORIES, WELLBEING
from api.workbook.past import slot_of_note
from api.workbook.rows import Contact, Person, Placement, Score, Trajectory
from api.workbook.staff import Staff
from api.workbook.steps import Place, Step, Story
from api.workbook.words import ContactKind
from domain.events.base import StreamKind
from domain.events.course import TrajectoryClosed
from domain.events.placement import Contract, EndReason, JobEnded, TrialResult
from domain.events.referral import ProgrammeEntered
from domain.events.support import SupportType
from domain.roles import Role
from domain.rules.base import Command
from domain.rules.benefit import NoteBenefits
from domain.rules.course import CloseTrajectory
from domain.rules.placement import EndPlacement, LogPlacement
from domain.rules.referral import EnterProgramme, ExpressWorkWish, Refer
from domain.rules.search import LogEmployerContact
from domain.rules.support import LogContact
from domain.rules.team import AddTeamMember
from domain.rules.wellbeing import ScoreWellbeing
from domain.state.work import PlacementKind
from eventlog.entry import Actor

LATE: Final = "Overgenomen uit een werkboek."
"""Why an entry comes long after the day it is about."""
_TALK, _START, _CONTACT, _SCORE, _END = range(5)
_SUPPORT = {
    ContactKind.TALK: SupportType.CONVERSATION,
    ContactKind.SUPPORT: SupportType.SUPPORT,
}


class Telling:
    """Gathers the steps of one trajectory."""

    def __init__(
        self,
        ids: Ids,
        staff: Staff,
        person: Person,
        row: Trajectory,
        programme: UUID | None = None,
    ) -> None:
        """Take who it is about; the coach records what names no other author."""
        self._entering = {} if programme is None else {"programme": programme}
        self._ids, self._staff, self._person, self._row = ids, staff, person, row
        self._number = person.key[0]
        self._coach = staff.actor(person.coach)
        self._client = ids.of(PEOPLE, self._number)
        self._story = Story(ids.of(TRAJECTORIES, self._number), StreamKind.TRAJECTORY)
        self._dated: list[tuple[tuple[date, int, int], Step]] = []

    def story(
        self,
        contacts: Iterable[Contact],
        placements: Iterable[Placement],
        scores: Iterable[Score],
    ) -> Story:
        """Tell it whole."""
        self._begin()
        self._join()
        self._benefit()
        self._wish()
        self._first_talk()
        for contact in contacts:
            self._contact(contact)
        for placement in placements:
            self._placement(placement)
        for score in scores:
            self._score(score)
        self._story.steps += [step for _, step in sorted(self._dated, key=lambda each: each[0])]
        self._close()
        return self._story

    def _begin(self) -> None:
        row = self._row
        command = Refer(
            client=self._client,
            channel=row.channel,
            organisation=self._coach.organisation,
            occurred_on=row.referred_on,
            late_reason=LATE,
        )
        self._now(Place(TRAJECTORIES, row.row), command)

    def _join(self) -> None:
        team = {self._coach.person: Role.JOB_COACH}
        if self._person.care_worker:
            carer = self._staff.actor(self._person.care_worker).person
            team.setdefault(carer, Role.CARE_WORKER)
        for member, role in team.items():
            column = "Coach" if role is Role.JOB_COACH else "Behandelaar"
            place = Place(PEOPLE, self._person.row, column)
            command = AddTeamMember(
                person=member,
                role=role,
                organisation=self._coach.organisation,
                occurred_on=self._row.referred_on,
                late_reason=LATE,
            )
            self._story.team[member] = Step(place, self._coach, command)

    def _benefit(self) -> None:
        note = self._ids.of(PEOPLE, self._number, "benefit")
        if self._person.benefit is None:
            self._empty(slot_of_note(note), Place(PEOPLE, self._person.row, "Uitkering"))
            return
        command = NoteBenefits(
            note=note,
            benefits=(self._person.benefit,),
            occurred_on=self._row.referred_on,
            late_reason=LATE,
        )
        self._now(Place(PEOPLE, self._person.row), command)

    def _wish(self) -> None:
        note = self._ids.of(TRAJECTORIES, self._number, "wish")
        if self._row.wants is None:
            self._empty(slot_of_note(note), Place(TRAJECTORIES, self._row.row, "Wil"))
            return
        command = ExpressWorkWish(
            note=note,
            wants=(self._row.wants,),
            words=self._row.wish,
            occurred_on=self._row.referred_on,
            late_reason=LATE,
        )
        self._now(Place(TRAJECTORIES, self._row.row), command)

    def _first_talk(self) -> None:
        on, place = self._row.first_talk_on, Place(TRAJECTORIES, self._row.row, "Eerste gesprek")
        if on is None:
            self._empty(ProgrammeEntered.STANDS, place)
        else:
            self._on(
                on, _TALK, place, EnterProgramme(occurred_on=on, late_reason=LATE, **self._entering)
            )

    def _contact(self, row: Contact) -> None:
        actor = self._staff.actor(row.author) if row.author else self._coach
        note, mode = self._ids.of(CONTACTS, *row.key), row.mode
        employer = self._employer(row.employer) if row.employer else None
        command: Command
        if row.kind is ContactKind.EMPLOYER and employer is not None:
            command = LogEmployerContact(
                note=note,
                employer=employer,
                mode=mode,
                words=row.report,
                occurred_on=row.on,
                late_reason=LATE,
            )
        else:
            command = LogContact(
                note=note,
                worked_out=row.kind is not ContactKind.NO_ANSWER,
                mode=mode,
                with_whom=row.partner,
                support_type=_SUPPORT.get(row.kind),
                employer=employer,
                text=row.report,
                occurred_on=row.on,
                late_reason=LATE,
            )
        self._on(row.on, _CONTACT, Place(CONTACTS, row.row), command, actor)

    def _placement(self, row: Placement) -> None:
        placement = self._ids.of(PLACEMENTS, *row.key)
        contract = row.contract
        command = LogPlacement(
            placement=placement,
            kind=PlacementKind.JOB if isinstance(contract, Contract) else contract,
            contract=contract if isinstance(contract, Contract) else None,
            employer=self._employer(row.employer),
            title=row.title,
            starts_on=row.starts_on,
            hours_per_week=row.hours,
            occurred_on=row.starts_on,
            late_reason=LATE,
        )
        self._on(row.starts_on, _START, Place(PLACEMENTS, row.row), command)
        place = Place(PLACEMENTS, row.row, "Einde")
        if row.ended_on is None:
            self._empty((JobEnded.STANDS or "").format(placement=placement), place)
            return
        end = EndPlacement(
            placement=placement,
            reason=row.reason if isinstance(row.reason, EndReason) else None,
            result=row.reason if isinstance(row.reason, TrialResult) else None,
            occurred_on=row.ended_on,
            late_reason=LATE,
        )
        self._on(row.ended_on, _END, place, end)

    def _score(self, row: Score) -> None:
        """Record how somebody was, in their own words and on their behalf, marked so."""
        command = ScoreWellbeing(
            note=self._ids.of(WELLBEING, *row.key),
            score=row.score,
            words=row.words,
            occurred_on=row.on,
            late_reason=LATE,
        )
        actor = replace(self._coach, on_behalf_of=self._client)
        self._on(row.on, _SCORE, Place(WELLBEING, row.row), command, actor)

    def _close(self) -> None:
        row, place = self._row, Place(TRAJECTORIES, self._row.row, "Afgerond op")
        if row.closed_on is None or row.closing is None:
            self._empty(TrajectoryClosed.STANDS, place)
            return
        command = CloseTrajectory(reason=row.closing, occurred_on=row.closed_on, late_reason=LATE)
        self._now(place, command)

    def _employer(self, name: str) -> UUID:
        return self._ids.of(EMPLOYERS, name)

    def _empty(self, slot: str | None, place: Place) -> None:
        self._story.empty[slot or ""] = place

    def _now(self, place: Place, command: Command) -> None:
        self._story.steps.append(Step(place, self._coach, command))

    def _on(
        self, on: date, rank: int, place: Place, command: Command, actor: Actor | None = None
    ) -> None:
        """Keep a step for its day; within a day starts come first and ends last."""
        self._dated.append(((on, rank, place.row), Step(place, actor or self._coach, command)))
