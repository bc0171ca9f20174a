"""Els: no benefit, walked in by herself, has a job and wants more hours."""

from __future__ import annotations

from api.demo.people import BAKERY, ELS, PROGRAMME, RIA
from api.demo.telling import Story
from domain.events.benefit import Benefit
from domain.events.course import Wish
from domain.events.experience import Answer
from domain.events.participation import ActivityKind, EducationKind
from domain.events.placement import Contract
from domain.events.referral import Channel, Want
from domain.events.search import ContactPurpose, Mode
from domain.events.support import RhythmChoice, WithWhom
from domain.rules.benefit import NoteBenefits
from domain.rules.course import StepDown
from domain.rules.experience import GiveExperience
from domain.rules.participation import (
    CompleteEducation,
    NoteInformalCare,
    StartEducation,
    StartSportOrCourse,
)
from domain.rules.placement import ChangeHours, LogPlacement
from domain.rules.referral import EnterProgramme, ExpressWorkWish, Refer
from domain.rules.search import LogApplication, LogEmployerContact, LogInterview, LogOffer
from domain.rules.support import AgreeRhythm
from domain.rules.trust import RecordDecision
from domain.rules.wellbeing import AskToWatch
from domain.state.work import PlacementKind


def tell(story: Story) -> None:
    """Tell the year of Els."""
    _coming_in(story)
    _finding_hours(story)
    _lately(story)
    _beside_work(story)


def _coming_in(story: Story) -> None:
    place = "dorpshuis Haaren"
    story.begins(318, Refer(client=ELS.actor.person, channel=Channel.WALK_IN, location=place))
    story.says(318, RIA, EnterProgramme(programme=PROGRAMME), hour=11)
    wish = ExpressWorkWish(
        wants=(Want.MORE_HOURS,),
        words="Drie dinsdagen zat ik bij jullie aan tafel. Zes uur werk is te weinig.",
    )
    story.says(317, ELS, wish)
    story.says(317, ELS, NoteBenefits(benefits=(Benefit.NONE,)), hour=12)
    story.feels(316, 4)
    story.says(315, ELS, AskToWatch())
    for days in (309, 295, 281, 267):
        story.talks(days, mode=Mode.ELSEWHERE, location=place)
    rhythm = AgreeRhythm(
        per_month=2, mode=Mode.ELSEWHERE, place=place, choice=RhythmChoice.TOGETHER
    )
    story.says(309, RIA, rhythm)
    story.feels(285, 5)
    contact = LogEmployerContact(
        employer=BAKERY,
        mode=Mode.ON_SITE,
        client_present=True,
        client_specific=True,
        purpose=ContactPurpose.SPECIFIC_JOB,
    )
    story.says(274, RIA, contact)


def _finding_hours(story: Story) -> None:
    application = story.id("application")
    apply = LogApplication(application=application, title="inpakmedewerker", employer=BAKERY)
    story.says(262, ELS, apply)
    story.says(255, ELS, LogInterview(application=application))
    story.says(250, ELS, LogOffer(application=application, hours_per_week=12))
    job = LogPlacement(
        placement=story.id("job"),
        kind=PlacementKind.JOB,
        employer=BAKERY,
        title="inpakmedewerker",
        starts_on=story.ago(244),
        hours_per_week=12,
        contract=Contract.FIXED,
        paid=True,
        pay_at_least_minimum=True,
    )
    story.says(248, RIA, job)
    story.talks(243, "Eerste dag: voeten moe, hoofd blij.", mode=Mode.PHONE, placement="job")
    for days in (238, 231, 224):
        story.talks(days, mode=Mode.PHONE, placement="job")
    story.feels(240, 5, "wennen, maar eindelijk collega's")
    for days in (210, 196, 182, 168, 154):
        story.talks(days, mode=Mode.ELSEWHERE)
    boss = "Mevrouw Bos wil haar graag meer inzetten in het najaar."
    story.talks(160, boss, mode=Mode.ON_SITE, with_whom=WithWhom.EMPLOYER, placement="job")
    decision = RecordDecision(
        question="Een tweede baan erbij, of wachten op uren bij de bakker?",
        client_want="Wachten. Ik wil niet rennen tussen twee bazen.",
        choice="We vragen de bakker om zestien uur en zoeken nu niet verder.",
        rationale="Els kiest rust boven tempo; de vraag aan de bakker is concreet.",
        review_on=story.ago(-12),
    )
    story.says(140, RIA, decision)


def _lately(story: Story) -> None:
    more = ChangeHours(placement=story.id("job"), hours_per_week=16, wish=Wish.CLIENT)
    story.says(118, RIA, more)
    story.feels(115, 6, "gelukt")
    for days in (126, 112, 98, 84, 70):
        story.talks(days, mode=Mode.PHONE)
    story.says(62, ELS, StepDown(wish=Wish.CLIENT, words="Ik red me. Bellen mag."))
    rhythm = AgreeRhythm(per_month=1, mode=Mode.PHONE, choice=RhythmChoice.CLIENT)
    story.says(62, ELS, rhythm, hour=11)
    story.talks(48, mode=Mode.PHONE)
    story.talks(35, mode=Mode.PHONE)
    story.feels(20, 7)
    boss = "Tevreden; in het najaar kan er een dag bij."
    story.talks(11, boss, mode=Mode.PHONE, with_whom=WithWhom.EMPLOYER, placement="job")


def _beside_work(story: Story) -> None:
    """Tell what else fills her week: it counts beside the job and is never added to it."""
    story.says(300, ELS, NoteInformalCare(hours_per_week=6))
    walking = StartSportOrCourse(
        activity=story.id("walking"), kind=ActivityKind.SPORT, title="wandelclub"
    )
    story.says(205, ELS, walking)
    course = StartEducation(
        education=story.id("course"), kind=EducationKind.COURSE, title="voedselveilig"
    )
    story.says(174, ELS, course)
    story.says(121, ELS, CompleteEducation(education=story.id("course")))
    heard = GiveExperience(heard=Answer.YES, understood=Answer.YES, helped=Answer.PARTLY)
    story.says(60, ELS, heard)
