"""Tom: a ride along, a trial, a job of 16 hours, a bad patch, 12 hours, and now 20."""

from __future__ import annotations

from datetime import time

from api.demo.people import BAS, COURIERS, JO, PROGRAMME, RIA, TOM, TOWN, WIM, trajectory_of
from api.demo.telling import Story
from domain.events.appointments import Comes
from domain.events.benefit import Benefit
from domain.events.course import Wish
from domain.events.experience import Answer
from domain.events.funding import Funder
from domain.events.permissions import ToldBy, ToldTopic
from domain.events.placement import AccommodationKind, Approver, Contract, TrialResult
from domain.events.referral import Channel, Want
from domain.events.search import ContactPurpose, Mode
from domain.events.setback import Urgency
from domain.events.support import RhythmChoice, SupportType, WithWhom
from domain.events.trust import ReviewOutcome
from domain.rules.appointments import MakeWorkAppointment
from domain.rules.benefit import NoteBenefits
from domain.rules.corrections import CorrectEntry
from domain.rules.experience import GiveExperience
from domain.rules.funding import ApproveFunding
from domain.rules.health import WriteSignalPlan
from domain.rules.leads import AnswerBrokerRequest, AskBroker
from domain.rules.permissions import AgreeDisclosure, DiscussDisclosure
from domain.rules.placement import AgreeAccommodation, ChangeHours, EndPlacement, LogPlacement
from domain.rules.referral import EnterProgramme, ExpressWorkWish, Refer
from domain.rules.search import LogEmployerContact
from domain.rules.setback import AnswerSetback, NoteRecovery, SignalSetback
from domain.rules.support import AgreeRhythm, SupportEmployer
from domain.rules.team import AddTeamMember
from domain.rules.trust import RecordDecision, ReviewDecision
from domain.rules.trying import ArrangeTryOut, LogTryOut
from domain.rules.wellbeing import AskToWatch
from domain.state.work import PlacementKind


def tell(story: Story) -> None:
    """Tell Tom's year."""
    _coming_in(story)
    _trying(story)
    _working(story)
    _bad_patch(story)
    _lately(story)
    _beside_it(story)


def _coming_in(story: Story) -> None:
    story.begins(340, Refer(client=TOM.actor.person, channel=Channel.CARE, location="Haaren"))
    story.says(338, RIA, EnterProgramme(programme=PROGRAMME))
    wish = ExpressWorkWish(
        wants=(Want.PAID,), words="Ik wil buiten zijn en iets rijden. Geen kantoor."
    )
    story.says(338, TOM, wish, hour=16)
    story.says(336, TOM, NoteBenefits(benefits=(Benefit.WAJONG,)))
    story.says(330, RIA, AgreeRhythm(per_month=3, mode=Mode.WALK, choice=RhythmChoice.TOGETHER))
    story.feels(329, 5)
    story.talks(322, "Drie routes gelopen die hij later misschien wil rijden.")
    jo = AddTeamMember(person=JO.actor.person, role=JO.actor.role, organisation=TOWN.id)
    story.says(320, RIA, jo)
    story.talks(310, "Vertelde wat hem vorige keer te veel werd: de baas die elke minuut belde.")
    story.feels(305, 5, "saai")
    story.talks(301, mode=Mode.PHONE)


def _trying(story: Story) -> None:
    contact = LogEmployerContact(
        employer=COURIERS,
        mode=Mode.ON_SITE,
        client_present=True,
        client_specific=True,
        purpose=ContactPurpose.GET_TO_KNOW,
        words="Tom mocht een ochtend meerijden en wilde niet meer uitstappen.",
    )
    story.says(296, RIA, contact, hour=13)
    story.says(294, RIA, DiscussDisclosure(employer=COURIERS), hour=15)
    told = AgreeDisclosure(
        employer=COURIERS,
        told_by=ToldBy.CLIENT,
        topics=(ToldTopic.NEEDED_AT_WORK,),
        wording="Ik werk het best met een vaste route en één persoon die ik kan bellen.",
    )
    story.says(292, TOM, told)
    decision = RecordDecision(
        decision=story.id("begin"),
        question="Beginnen met rijden, of eerst een cursus?",
        client_want="Gewoon beginnen. Leren doe ik onderweg.",
        choice="Tom begint met een proefplaatsing van zes weken, zonder cursus vooraf.",
        rationale="Hij kent de routes, wil zelf, en Wim rijdt de eerste week mee.",
        review_on=story.ago(245),
        safety_net="Twee slechte dagen na elkaar: dan bellen we elkaar dezelfde middag.",
    )
    story.says(291, RIA, decision, hour=11)
    trial = LogPlacement(
        placement=story.id("trial"),
        kind=PlacementKind.TRIAL,
        employer=COURIERS,
        title="bijrijder",
        starts_on=story.ago(287),
        ends_on=story.ago(246),
        hours_per_week=12,
        approved_by=Approver.UWV,
    )
    story.says(289, RIA, trial)
    story.talks(285, "Eerste dag ging goed. Moe en tevreden.", mode=Mode.ON_SITE, placement="trial")
    story.feels(284, 7, "gereden!")
    story.talks(277, mode=Mode.PHONE)
    story.talks(268, "Wim vindt hem precies en rustig.", with_whom=WithWhom.EMPLOYER,
                mode=Mode.ON_SITE, placement="trial")  # fmt: skip
    story.talks(258)
    story.feels(250, 7)
    result = EndPlacement(placement=story.id("trial"), result=TrialResult.HIRED)
    story.says(246, RIA, result)
    look = ReviewDecision(
        decision=story.id("begin"),
        outcome=ReviewOutcome.KEPT,
        learned="Meteen beginnen paste bij hem. De cursus komt als hij die zelf wil.",
    )
    story.says(245, RIA, look, hour=15)


def _working(story: Story) -> None:
    job = LogPlacement(
        placement=story.id("job"),
        kind=PlacementKind.JOB,
        employer=COURIERS,
        title="fietskoerier",
        starts_on=story.ago(242),
        hours_per_week=16,
        contract=Contract.FIXED,
        paid=True,
        pay_at_least_minimum=True,
        open_to_anyone=True,
    )
    story.says(244, RIA, job, label="job")
    quiet = AgreeAccommodation(
        placement=story.id("job"), kind=AccommodationKind.TASKS, what="vaste route, noordkant"
    )
    story.says(243, RIA, quiet)
    mate = AgreeAccommodation(
        placement=story.id("job"), kind=AccommodationKind.GUIDANCE, what="Wim is het vaste nummer"
    )
    story.says(243, TOM, mate, hour=17)
    story.talks(241, "Eerste werkdag samen koffie in de loods.", mode=Mode.ON_SITE, placement="job")
    story.feels(238, 8, "eigen geld")
    for days in (234, 227, 220):
        story.talks(days, mode=Mode.PHONE, support=SupportType.SUPPORT)
    story.talks(214, "De vroege dienst valt zwaar.", mode=Mode.WALK)


def _bad_patch(story: Story) -> None:
    signal = SignalSetback(
        setback=story.id("patch"),
        words="Slaap slecht, ik haal de ochtend niet meer.",
        would_help="Later beginnen, en niet elke dag.",
        urgency=Urgency.SOON,
    )
    story.says(203, TOM, signal, hour=8)
    answer = AnswerSetback(
        setback=story.id("patch"),
        agreed_help="Vandaag nog gebeld. Samen naar Wim om over minder uren te praten.",
    )
    story.says(203, RIA, answer, hour=12)
    story.feels(203, 4)
    story.talks(201, "Medicatie besproken, slaapritme opgeschreven.", who=BAS, mode=Mode.OFFICE)
    story.talks(200, "Wim wil hem houden en schuift met de diensten.", with_whom=WithWhom.BOTH,
                mode=Mode.ON_SITE, placement="job")  # fmt: skip
    hours = ChangeHours(placement=story.id("job"), hours_per_week=12, wish=Wish.CLIENT)
    story.says(199, RIA, hours)
    later = AgreeAccommodation(
        placement=story.id("job"), kind=AccommodationKind.HOURS, what="begint om tien uur"
    )
    story.says(199, WIM, later, hour=16)
    story.talks(190, who=BAS, mode=Mode.PHONE)
    story.feels(185, 6)
    story.talks(180, "Slaapt beter sinds de late start.")
    recovery = NoteRecovery(setback=story.id("patch"), words="Het gaat weer. Ik rij weer fluitend.")
    story.says(172, TOM, recovery)


def _lately(story: Story) -> None:
    for days in (165, 151, 137, 123, 108, 94):
        story.talks(days, mode=Mode.WALK if days % 2 else Mode.PHONE)
    story.feels(150, 7)
    story.feels(120, 7, "zomer op de fiets")
    visit = SupportEmployer(
        employer=COURIERS,
        placement=story.id("job"),
        mode=Mode.ON_SITE,
        question="Hoe plan ik de drukke maand?",
        help_given="Samen een rooster gemaakt met twee vaste vrije dagen.",
    )
    story.says(110, RIA, visit)
    more = ChangeHours(placement=story.id("job"), hours_per_week=20, wish=Wish.CLIENT)
    story.says(88, TOM, more)
    story.talks(80, "Vier dagen van vijf uur bevalt hem.")
    story.feels(74, 8)
    wrong = {
        "occurred_on": story.ago(244).isoformat(),
        "placement": str(story.id("job")),
        "employer": str(COURIERS),
        "title": "fietskoerier",
        "starts_on": story.ago(242).isoformat(),
        "hours_per_week": 16.0,
        "contract": Contract.PERMANENT.value,
        "pay_at_least_minimum": True,
        "open_to_anyone": True,
    }
    story.says(
        66,
        RIA,
        lambda made: CorrectEntry(
            entry=made["job"], reason="Het contract was vanaf het begin vast.", body=wrong
        ),
    )
    for days in (60, 46, 31):
        story.talks(days, mode=Mode.PHONE)
    story.feels(40, 8)
    story.talks(17, "Denkt na over zijn rijbewijs. Geen haast.", support=SupportType.CAREER)
    story.feels(9, 8, "ik hoor erbij")
    story.talks(6, "Een half uur meegereden, daarna koffie met Wim.", with_whom=WithWhom.BOTH,
                mode=Mode.ON_SITE, placement="job")  # fmt: skip


def _beside_it(story: Story) -> None:
    """Tell the ride that came first, what the broker was asked, and what pays for the support."""
    funding = ApproveFunding(
        trajectory=trajectory_of(TOM), funder=Funder.UWV, scheme="IPS in de regio", months=12
    )
    story.says(333, RIA, funding, stream=story.id("funding"))
    ask = AskBroker(
        request=story.id("request"),
        broker=JO.actor.person,
        job_types=("rijden", "bezorgen"),
        hours_per_week=16,
        wishes=("vaste route", "niet voor negen uur"),
    )
    story.says(309, RIA, ask)
    found = AnswerBrokerRequest(request=story.id("request"), employer=COURIERS)
    story.says(304, JO, found)
    ride, title = story.id("ride"), "bijrijder vrachtwagen"
    arranged = ArrangeTryOut(
        tryout=ride,
        place="Tilburg",
        title=title,
        planned_on=story.ago(300),
        wants_to_know="Of ik lang in zo'n cabine wil.",
    )
    story.says(303, RIA, arranged)
    done = LogTryOut(
        tryout=ride,
        place="Tilburg",
        title=title,
        verdict="Te groot en te stil. Rijden wil ik wel, op straat.",
    )
    story.says(300, TOM, done, hour=17)
    plan = WriteSignalPlan(signs="Ik slaap slecht en neem niet op.", helps="Later beginnen.")
    story.says(160, TOM, plan)
    story.says(130, TOM, AskToWatch())
    story.says(90, TOM, GiveExperience(heard=Answer.YES, understood=Answer.YES, helped=Answer.YES))
    visit = MakeWorkAppointment(
        appointment=story.id("visit"),
        placement=story.id("job"),
        planned_on=story.ago(-11),
        at=time(10, 30),
        minutes=30,
        place="kantine",
        comes=Comes.BOTH,
        about="het rooster voor de drukke maand",
    )
    story.says(6, RIA, visit, hour=16)
