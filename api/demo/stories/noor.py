"""Noor: debts first, with her nephew beside her, and only then looking for work."""

from __future__ import annotations

from api.demo.people import ANK, BAKERY, BAS, NOOR, PROGRAMME, RIA, SEM, TOWN
from api.demo.stories import circle
from api.demo.telling import Story
from domain.events.base import Category
from domain.events.benefit import Benefit
from domain.events.permissions import LegalBasis, Purpose, RecipientKind
from domain.events.referral import Channel, Want
from domain.events.search import ContactPurpose, InterviewOutcome, Mode
from domain.events.setback import Urgency
from domain.events.support import RhythmChoice, SupportType, WithWhom
from domain.events.trust import Agreement, ReviewOutcome, TookPart
from domain.roles import Role
from domain.rules.benefit import NoteBenefits
from domain.rules.permissions import GrantPermission, WithdrawPermission
from domain.rules.referral import EnterProgramme, ExpressWorkWish, Refer
from domain.rules.search import LogApplication, LogEmployerContact, LogInterview
from domain.rules.setback import AnswerSetback, SignalSetback
from domain.rules.support import AgreeRhythm
from domain.rules.team import AddTeamMember
from domain.rules.trust import RecordDecision, RecordDissent, ReviewDecision, WhoTookPart
from domain.rules.wellbeing import ChooseWellbeingRhythm


def tell(story: Story) -> None:
    """Tell Noor's year."""
    _coming_in(story)
    circle.tell(story)
    _debts_first(story)
    _searching(story)
    _lately(story)


def _coming_in(story: Story) -> None:
    refer = Refer(client=NOOR.actor.person, channel=Channel.MUNICIPALITY, location="Haaren")
    story.begins(352, refer)
    story.says(350, RIA, EnterProgramme(programme=PROGRAMME))
    wish = ExpressWorkWish(
        wants=(Want.PAID,), words="Werken, ja. Maar eerst wil ik de post durven openmaken."
    )
    story.says(350, NOOR, wish, hour=17)
    story.says(349, NOOR, NoteBenefits(benefits=(Benefit.BIJSTAND,)))
    ank = AddTeamMember(person=ANK.actor.person, role=ANK.actor.role, organisation=TOWN.id)
    story.says(348, RIA, ank)
    story.says(345, NOOR, ChooseWellbeingRhythm(every_weeks=4))
    story.feels(345, 4)
    permission = GrantPermission(
        permission=story.id("sem"),
        recipient=SEM.actor.person,
        recipient_kind=RecipientKind.PERSON,
        purpose=Purpose.CLOSE_BY,
        categories=(Category.REFERRAL, Category.SEARCH, Category.JOB, Category.SETBACK),
        legal_basis=LegalBasis.CONSENT,
    )
    story.says(331, NOOR, permission)
    income = GrantPermission(
        permission=story.id("ank"),
        recipient=ANK.actor.person,
        recipient_kind=RecipientKind.PERSON,
        purpose=Purpose.INCOME,
        categories=(Category.JOB, Category.BENEFITS),
        legal_basis=LegalBasis.PUBLIC_TASK,
        until=story.ago(120),
    )
    story.says(331, NOOR, income, hour=11)


def _debts_first(story: Story) -> None:
    decision = RecordDecision(
        decision=story.id("debts"),
        question="Meteen zoeken, of eerst de schulden op een rij?",
        client_want="Eerst het geld. Anders gaat elk loon meteen weg.",
        choice="Drie maanden de post en de schulden; zoeken mag elke dag beginnen als Noor wil.",
        rationale="Zij kent haar eigen volgorde. Snel zoeken blijft open, het hoeft niet.",
        review_on=story.ago(240),
        desired_effect="Rust in huis, zodat een baan blijft.",
        participants=(
            WhoTookPart(
                role=Role.CLIENT, person=NOOR.actor.person, took_part=TookPart.PRESENT,
                agreement=Agreement.AGREE,
            ),
            WhoTookPart(
                role=Role.CLIENT_MANAGER, person=ANK.actor.person, took_part=TookPart.CONSULTED,
                agreement=Agreement.RESERVATION,
            ),
        ),
        consequences_short="Een kwartaal geen sollicitaties.",
    )  # fmt: skip
    story.says(328, RIA, decision)
    view = RecordDissent(
        decision=story.id("debts"),
        text="Ik had liever naast elkaar gezien: geld én een eerste gesprek.",
    )
    story.says(326, ANK, view)
    story.talks(322, "Een doos post gesorteerd aan de keukentafel.", mode=Mode.HOME,
                support=SupportType.MONEY)  # fmt: skip
    story.talks(309, support=SupportType.MONEY, mode=Mode.HOME)
    story.feels(305, 5, "minder buikpijn")
    story.talks(296, "Sem was erbij en belde met de energieleverancier.", mode=Mode.HOME,
                support=SupportType.NETWORK)  # fmt: skip
    story.talks(288, who=BAS, mode=Mode.OFFICE)
    story.talks(279, mode=Mode.PHONE)
    story.no_answer(271)
    story.talks(268, mode=Mode.PHONE)
    story.feels(270, 6)
    story.talks(255, "Regeling rond: elke maand een vast bedrag.", support=SupportType.MONEY)
    look = ReviewDecision(
        decision=story.id("debts"),
        outcome=ReviewOutcome.ENDED,
        learned="Haar volgorde werkte. Dat zoeken mocht, hadden wij eerder moeten zeggen.",
    )
    story.says(239, RIA, look)


def _searching(story: Story) -> None:
    wish = ExpressWorkWish(
        wants=(Want.PAID,), words="Nu wel. Iets met mensen, niet te vroeg beginnen."
    )
    story.says(236, NOOR, wish)
    story.says(
        235, RIA, AgreeRhythm(per_month=4, mode=Mode.WALK, choice=RhythmChoice.CLIENT), hour=15
    )
    for days in (228, 220, 211, 203, 195, 188):
        story.talks(days, mode=Mode.WALK if days % 2 else Mode.PHONE)
    contact = LogEmployerContact(
        employer=BAKERY,
        mode=Mode.ON_SITE,
        client_present=False,
        client_specific=True,
        purpose=ContactPurpose.LEARN_NEEDS,
        words="Zoeken iemand voor de winkel, begintijd bespreekbaar.",
    )
    story.says(190, RIA, contact)
    lead = LogEmployerContact(employer=BAKERY, mode=Mode.PHONE, words="Mijn buurvrouw werkt daar.")
    story.says(187, SEM, lead, hour=20)
    story.feels(180, 6)
    application = LogApplication(
        application=story.id("bakery"), title="winkelmedewerker", employer=BAKERY
    )
    story.says(176, NOOR, application)
    interview = LogInterview(
        application=story.id("bakery"),
        outcome=InterviewOutcome.NOT_CHOSEN,
        reason="Zij zochten iemand voor hele dagen, dat wil ik niet.",
        words="Ging fijn.",
    )
    story.says(166, NOOR, interview)
    story.talks(165, "Samen nagepraat; zij wil het rustig aan.", mode=Mode.WALK)
    story.says(140, NOOR, WithdrawPermission(permission=story.id("ank")))


def _lately(story: Story) -> None:
    for days in (152, 143, 134, 126, 117, 108, 99, 90, 82, 73, 64, 55):
        story.talks(days, mode=Mode.PHONE if days % 3 else Mode.WALK)
    story.feels(120, 6)
    story.feels(90, 7)
    story.talks(101, "De winkel zoekt iemand vanaf de herfst.", with_whom=WithWhom.FAMILY,
                mode=Mode.PHONE)  # fmt: skip
    story.feels(60, 7, "ik heb de post open gemaakt, alleen")
    story.talks(46)
    story.talks(37, "Kleren voor het werk uitgezocht.")
    story.feels(30, 6)
    story.talks(24, mode=Mode.PHONE)
    story.talks(16)
    decision = RecordDecision(
        decision=story.id("hours"),
        question="Met hoeveel uur beginnen bij de bakkerij?",
        client_want="Tien uur, en dan zelf zeggen wanneer het meer kan.",
        client_words_by=None,
        choice="Tien uur. Noor zegt zelf wanneer er uren bij komen.",
        rationale="Zij weet wat ze aankan; de bakker vindt het goed.",
        review_on=story.today,
    )
    story.says(12, RIA, decision)
    signal = SignalSetback(
        setback=story.id("letter"),
        words="Er kwam een brief van de deurwaarder. Ik slaap niet.",
        would_help="Dat iemand met me meeleest.",
        urgency=Urgency.SOON,
        wants_reader=RIA.actor.person,
    )
    story.says(3, NOOR, signal, hour=21)
    answer = AnswerSetback(
        setback=story.id("letter"), agreed_help="Morgenochtend samen bellen. Sem komt ook."
    )
    story.says(2, RIA, answer, hour=9)
