"""Samir: years at home, then training others, volunteering, and an own rhythm."""

from __future__ import annotations

from api.demo.people import BAS, PROGRAMME, RIA, SAMIR
from api.demo.stories import group
from api.demo.telling import Story
from domain.events.base import Category
from domain.events.benefit import Benefit
from domain.events.permissions import LegalBasis, Purpose, RecipientKind
from domain.events.referral import Channel, Want
from domain.events.search import Mode
from domain.events.support import RhythmChoice, SupportType
from domain.events.trust import ReviewOutcome
from domain.rules.benefit import NoteBenefits
from domain.rules.course import Pause, Resume
from domain.rules.participation import EndOwnCare, NoteOwnCare
from domain.rules.permissions import GrantPermission, WithdrawPermission
from domain.rules.placement import LogPlacement
from domain.rules.profile import NoteMilestone, WriteProfile
from domain.rules.referral import EnterProgramme, ExpressWorkWish, Refer
from domain.rules.support import AgreeRhythm, LeaveInPeace
from domain.rules.trust import AddClientStatement, RecordDecision, ReviewDecision
from domain.state.work import PlacementKind


def tell(story: Story) -> None:
    """Tell Samir's year."""
    _coming_in(story)
    _finding_a_way(story)
    _lately(story)
    _steps_of_his_own(story)
    group.tell(story)


def _coming_in(story: Story) -> None:
    story.begins(346, Refer(client=SAMIR.actor.person, channel=Channel.CARE, location="Helvoirt"))
    story.says(343, RIA, EnterProgramme(programme=PROGRAMME))
    wish = ExpressWorkWish(
        wants=(Want.PAID, Want.VOLUNTEERING),
        words="Ik kon dit. Ik wil weten of ik het nog kan, zonder dat iemand een stopwatch pakt.",
    )
    story.says(343, SAMIR, wish, hour=13)
    since = NoteBenefits(
        benefits=(Benefit.WAO,),
        occurred_on=story.ago(1900),
        late_reason="Vijf jaar geleden begonnen, lang voor ik hier kwam.",
    )
    story.says(342, SAMIR, since)
    story.says(338, SAMIR, AgreeRhythm(per_month=2, choice=RhythmChoice.CLIENT, mode=Mode.WALK))
    care = GrantPermission(
        permission=story.id("care"),
        recipient=BAS.actor.person,
        recipient_kind=RecipientKind.PERSON,
        purpose=Purpose.CARE,
        categories=(Category.SUPPORT, Category.WELLBEING),
        legal_basis=LegalBasis.CONSENT,
    )
    story.says(336, SAMIR, care)
    story.feels(335, 5)
    for days in (330, 316, 301, 287):
        story.talks(days, mode=Mode.WALK)
    story.talks(294, "Over zijn oude vak: hij ziet meteen wat er in een gesprek gebeurt.")
    story.feels(300, 5)
    story.talks(283, who=BAS, mode=Mode.OFFICE)


def _finding_a_way(story: Story) -> None:
    decision = RecordDecision(
        decision=story.id("training"),
        question="Een cursus volgen, of er zelf een geven?",
        client_want="Geven. Ik ben klaar met cursist zijn.",
        choice="Samir geeft een middag over solliciteren aan de groep.",
        rationale="Hij was hr-adviseur. Wie het vak kent, hoeft het niet eerst te bewijzen.",
        review_on=story.ago(225),
    )
    story.says(276, SAMIR, decision)
    for days in (270, 256, 241):
        story.talks(days, mode=Mode.PHONE, support=SupportType.CAREER)
    story.feels(255, 6, "zenuwachtig en goed")
    volunteering = LogPlacement(
        placement=story.id("library"),
        kind=PlacementKind.VOLUNTEERING,
        employer=story.id("library-employer"),
        title="sollicitatiehulp in de bibliotheek",
        starts_on=story.ago(232),
        hours_per_week=4,
    )
    story.says(232, RIA, volunteering)
    look = ReviewDecision(
        decision=story.id("training"), outcome=ReviewOutcome.KEPT,
        learned="Elf mensen, en drie vroegen wanneer de volgende is.",
    )  # fmt: skip
    story.says(225, SAMIR, look)
    for days in (218, 204, 190, 176):
        story.talks(days, mode=Mode.WALK)
    story.feels(210, 7)
    story.says(170, SAMIR, Pause(per_month=1, words="Ramadan en familie op bezoek."))
    story.talks(155, mode=Mode.PHONE)
    story.says(139, SAMIR, Resume())
    story.feels(138, 7)


def _lately(story: Story) -> None:
    for days in (133, 119, 105, 91, 77, 63):
        story.talks(days, mode=Mode.WALK if days % 2 else Mode.PHONE)
    story.feels(110, 7)
    own = AddClientStatement(
        text="Er staat ergens dat ik 'onzeker' was. Ik was voorzichtig. Dat is iets anders."
    )
    story.says(98, SAMIR, own)
    story.says(85, SAMIR, WithdrawPermission(permission=story.id("care")))
    story.feels(70, 8, "de bibliotheek vroeg me voor een tweede middag")
    story.talks(49, "Wil onderzoeken of vier uur betaald kan.", support=SupportType.CAREER)
    story.talks(34, mode=Mode.PHONE)
    story.feels(28, 8)
    story.talks(21, mode=Mode.WALK)
    story.says(8, SAMIR, LeaveInPeace(until=story.ago(-10)))


def _steps_of_his_own(story: Story) -> None:
    profile = WriteProfile(skills=("gesprekken voeren", "luisteren"), experience="Hr-adviseur.")
    story.says(325, SAMIR, profile)
    story.says(268, SAMIR, NoteMilestone(words="Ik sta weer om acht uur op."))
    story.says(200, SAMIR, NoteMilestone(words="Voor het eerst weer een weekendgevoel."))
    story.says(172, SAMIR, NoteOwnCare())
    story.says(141, SAMIR, EndOwnCare())
