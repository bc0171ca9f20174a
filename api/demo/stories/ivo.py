"""Ivo: two jobs that ended, a move, and back again without a new intake."""

from __future__ import annotations

from api.demo.people import BAKERY, CARE, COURIERS, IVO, JO, PROGRAMME, RIA, TOWN, UWV, WIL
from api.demo.telling import Story
from domain.events.benefit import Benefit
from domain.events.course import ClosingReason
from domain.events.participation import EducationKind
from domain.events.placement import Contract, EndReason
from domain.events.referral import Channel, Want
from domain.events.search import ContactPurpose, Mode
from domain.events.support import RhythmChoice, SupportType
from domain.rules.benefit import EndBenefit, NoteBenefits
from domain.rules.course import CloseTrajectory, NoteMove, ReEnter
from domain.rules.participation import StartEducation
from domain.rules.placement import EndPlacement, LearnJobEnd, LogPlacement
from domain.rules.referral import EnterProgramme, ExpressWorkWish, Refer
from domain.rules.search import LogEmployerContact, StartNextSearch
from domain.rules.support import AgreeRhythm
from domain.rules.team import AddTeamMember, FormTeam
from domain.rules.trust import RecordDecision
from domain.state.work import PlacementKind


def tell(story: Story) -> None:
    """Tell Ivo's year."""
    _first_job(story)
    _second_job(story)
    _away(story)
    _back(story)


def _first_job(story: Story) -> None:
    story.begins(359, Refer(client=IVO.actor.person, channel=Channel.UWV))
    story.says(357, RIA, EnterProgramme(programme=PROGRAMME))
    story.says(357, IVO, ExpressWorkWish(wants=(Want.PAID,), words="Geld verdienen. Nu."), hour=15)
    story.says(356, IVO, NoteBenefits(benefits=(Benefit.WW,)))
    story.feels(355, 6)
    story.talks(351, mode=Mode.ON_SITE)
    job = LogPlacement(
        placement=story.id("couriers"),
        kind=PlacementKind.JOB,
        employer=COURIERS,
        title="sorteerder",
        starts_on=story.ago(345),
        hours_per_week=32,
        contract=Contract.AGENCY,
        paid=True,
    )
    story.says(347, RIA, job)
    story.says(343, IVO, EndBenefit(benefit=Benefit.WW))
    for days in (344, 337, 330):
        story.talks(days, mode=Mode.PHONE)
    story.feels(332, 5, "het is er zo hard")
    end = EndPlacement(
        placement=story.id("couriers"),
        reason=EndReason.MISMATCH,
        lessons="Lawaai en nachtdienst samen was te veel. Een kleinere plek past beter.",
    )
    story.says(322, RIA, end)
    story.says(321, RIA, LearnJobEnd(placement=story.id("couriers")))
    story.talks(320, "Binnen drie dagen samen koffie; hij wil meteen verder.")


def _second_job(story: Story) -> None:
    story.says(319, IVO, StartNextSearch())
    jo = AddTeamMember(person=JO.actor.person, role=JO.actor.role, organisation=TOWN.id)
    story.says(318, RIA, jo)
    contact = LogEmployerContact(
        employer=BAKERY, mode=Mode.ON_SITE, client_specific=True, purpose=ContactPurpose.ADVOCATE
    )
    story.says(312, JO, contact)
    story.talks(306)
    job = LogPlacement(
        placement=story.id("bakery"),
        kind=PlacementKind.JOB,
        employer=BAKERY,
        title="bakkershulp",
        starts_on=story.ago(298),
        hours_per_week=24,
        contract=Contract.ZERO_HOURS,
        paid=True,
    )
    story.says(300, RIA, job)
    story.feels(297, 7)
    for days in (296, 289, 282, 275, 261, 248):
        story.talks(days, mode=Mode.PHONE, support=SupportType.SUPPORT)
    story.feels(262, 7)
    end = EndPlacement(placement=story.id("bakery"), reason=EndReason.OWN_CHOICE)
    story.says(233, IVO, end)
    story.says(233, RIA, LearnJobEnd(placement=story.id("bakery")), hour=12)
    story.talks(231, "Gaat bij zijn broer wonen. Goed afscheid genomen.")


def _away(story: Story) -> None:
    story.says(226, RIA, NoteMove(place="Zwolle", handover_wanted=False))
    close = CloseTrajectory(reason=ClosingReason.MOVED, words="De deur staat altijd open.")
    story.says(224, RIA, close)


def _back(story: Story) -> None:
    story.says(75, RIA, ReEnter(channel=Channel.SELF))
    story.feels(74, 5, "terug, en wijzer")
    story.talks(73, "Geen nieuwe intake: we begonnen waar we waren.", mode=Mode.HOME)
    story.says(70, IVO, AgreeRhythm(per_month=4, mode=Mode.PHONE, choice=RhythmChoice.CLIENT))
    decision = RecordDecision(
        question="Weer volle weken, of anders beginnen?",
        client_want="Geen nachten meer, en een baas die ik kan aankijken.",
        choice="We zoeken alleen bij bedrijven met minder dan tien mensen.",
        rationale="Twee keer leerde hij wat niet past; dat is kennis, geen mislukking.",
        review_on=story.ago(-30),
    )
    story.says(66, RIA, decision)
    story.says(66, IVO, StartNextSearch(), hour=15)
    for days in (64, 57, 50, 42, 35, 29):
        story.talks(days, mode=Mode.PHONE)
    contact = LogEmployerContact(
        employer=BAKERY, mode=Mode.PHONE, client_specific=True, purpose=ContactPurpose.FOLLOW_UP
    )
    story.says(40, JO, contact)
    story.feels(36, 6)
    story.talks(22)
    story.no_answer(13)
    story.no_answer(10, mode=Mode.CHAT)
    _learning(story)


def _learning(story: Story) -> None:
    """Tell of three organisations around one wish: to learn a trade first."""
    wil = AddTeamMember(person=WIL.actor.person, role=WIL.actor.role, organisation=UWV.id)
    story.says(72, RIA, wil)
    story.says(72, RIA, FormTeam(organisations=(CARE.id, TOWN.id, UWV.id)))
    wish = ExpressWorkWish(wants=(Want.EDUCATION, Want.PAID), words="Eerst een papier halen.")
    story.says(71, IVO, wish)
    lesson = StartEducation(
        education=story.id("evening"), kind=EducationKind.MAINSTREAM, title="mbo logistiek"
    )
    story.says(45, IVO, lesson)
