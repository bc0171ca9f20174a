"""Noor's circle: her questions in her order, the plans they made, and what became of them.

Of the fifty actions thirty-nine are done: 78.0 % (source S2); of the first plan seven of nine.
"""

from __future__ import annotations

from typing import NamedTuple

from api.demo.people import (
    AUNT,
    BAKERY,
    BROTHER,
    CIRCLE,
    GREET,
    HANNA,
    KARIM,
    MILA,
    MO,
    NOOR,
    RIA,
    SEM,
    UWV,
    WIL,
    Somebody,
)
from api.demo.telling import Story
from domain.events.experience import About, Answer
from domain.events.issues import IssueKind
from domain.events.team import Relation
from domain.roles import Role
from domain.rules.eigen_kracht import (
    AddAction,
    AdoptPlan,
    AppointCoordinator,
    DropAction,
    EvaluatePlan,
    FinishAction,
    LogConference,
    LogFourWeekCall,
    RequestEigenKracht,
    SetMainQuestion,
    SetSubQuestion,
)
from domain.rules.experience import GiveExperience
from domain.rules.issues import OrderIssues, PlanIssue, RaiseIssue, ResolveIssue
from domain.rules.leads import OfferLead
from domain.rules.team import AddTeamMember, InviteNetworkMember, JoinNetwork

DEBTS = "Hoe komt er rust in het geld?"
CONNECTION = "Hoe kom ik weer onder de mensen?"
FREE_TIME = "Wat doe ik met mijn vrije tijd?"
_RELATIONS = (
    *((SEM, Relation.FAMILY), (AUNT, Relation.FAMILY), (BROTHER, Relation.SIBLING)),
    *((MILA, Relation.FRIEND), (KARIM, Relation.FRIEND), (GREET, Relation.NEIGHBOUR)),
)


class _Plan(NamedTuple):
    """A plan of the circle: first what was done, then what was dropped, then what stands open."""

    name: str
    days: int
    text: str
    if_otherwise: str
    done: tuple[tuple[Somebody, str], ...]
    dropped: tuple[tuple[Somebody, str], ...] = ()
    stands: tuple[tuple[Somebody, str], ...] = ()


_DEBTS = _Plan(
    "plan",
    330,
    "Eerst de post, dan een regeling.",
    "Sem belt de kring bij elkaar.",
    (
        (NOOR, "Elke zaterdag de post openen"),
        (SEM, "Bellen met de energieleverancier"),
        (SEM, "De brieven op volgorde leggen"),
        (AUNT, "Meegaan naar de schuldhulp"),
        (BROTHER, "Uitrekenen wat er elke maand in en uit gaat"),
        (NOOR, "De regeling tekenen"),
        (GREET, "De huurbaas schrijven dat er een plan is"),
    ),
    dropped=((NOOR, "Een kasboekje bijhouden"),),
    stands=((KARIM, "Een tweedehands computer zoeken"),),
)
_CONNECTION = _Plan(
    "connection",
    292,
    "Elke week iemand aan tafel.",
    "Greet komt langs met soep.",
    (
        (SEM, "Op zondag samen eten"),
        (MILA, "Op dinsdag samen koffie"),
        (GREET, "Elke ochtend even zwaaien"),
        (AUNT, "Verjaardagen van de familie opschrijven"),
        (NOOR, "Tante Loes zelf een keer bellen"),
        (BROTHER, "Bellen op vrijdag"),
        (KARIM, "Meenemen naar de buurtmaaltijd"),
        (NOOR, "Soep terugbrengen bij Greet"),
        (MILA, "Samen naar de markt"),
        (GREET, "Voorstellen aan de buren van nummer tien"),
        (NOOR, "Karim en Mila te eten vragen"),
    ),
    dropped=((BROTHER, "Een groepsapp maken"),),
    stands=((AUNT, "Een familiedag prikken"), (NOOR, "Oude klasgenoten een bericht sturen")),
)
_FREE_TIME = _Plan(
    "free-time",
    262,
    "Iets voor mezelf, elke week.",
    "Mila vraagt het gewoon nog een keer.",
    (
        (MILA, "Samen zwemmen op donderdag"),
        (NOOR, "Een bibliotheekpas halen"),
        (SEM, "De fiets maken"),
        (NOOR, "Elke dag een rondje fietsen"),
        (KARIM, "Een plant voor op het balkon brengen"),
        (GREET, "Leren breien"),
        (NOOR, "Een avond zonder telefoon"),
        (AUNT, "De naaimachine brengen"),
        (NOOR, "Een tas naaien"),
        (BROTHER, "Een keer mee naar het voetbal"),
    ),
    dropped=((KARIM, "Gitaarles geven"),),
    stands=((MILA, "Samen een weekend weg"),),
)
_WORK = _Plan(
    "work",
    234,
    "Nu werk: iets met mensen, niet te vroeg.",
    "We zoeken samen een andere winkel.",
    (
        (NOOR, "Opschrijven wat ik graag doe"),
        (SEM, "Bij de bakker vragen wie er werkt"),
        (MILA, "Meelezen met de brief"),
        (KARIM, "Een gesprek oefenen"),
        (NOOR, "De brief versturen"),
        (AUNT, "Een nette jas lenen"),
        (GREET, "Op de kat passen tijdens het gesprek"),
        (NOOR, "Naar het gesprek gaan"),
        (BROTHER, "De reis uitzoeken"),
        (NOOR, "De reis een keer proberen"),
        (SEM, "Na afloop samen eten"),
    ),
    stands=(
        (MILA, "Een dag meekijken in de winkel"),
        (KARIM, "Uitzoeken wat er van het loon overblijft"),
        (NOOR, "Zeggen hoeveel uur past"),
    ),
)


def tell(story: Story) -> None:
    """Tell what the circle did in a year."""
    _issues(story)
    _asked(story)
    for plan in (_DEBTS, _CONNECTION, _FREE_TIME, _WORK):
        _carried_out(story, plan)
    _looked_back(story)
    _lead(story)
    _once_more(story)


def _issues(story: Story) -> None:
    debts, home = story.id("debt"), story.id("home")
    raised = RaiseIssue(issue=debts, kind=IssueKind.DEBT, words="Drie brieven die ik niet open.")
    story.says(344, NOOR, RaiseIssue(issue=home, kind=IssueKind.HOUSING))
    story.says(344, NOOR, raised, hour=11)
    story.says(343, NOOR, OrderIssues(order=(debts, home)))
    story.says(321, RIA, PlanIssue(issue=debts, plan="Elke week samen een stapel post."))
    story.says(251, NOOR, ResolveIssue(issue=debts))


def _asked(story: Story) -> None:
    """Tell of the conference that the labour expert proposed: her circle, and the debts first."""
    wil = AddTeamMember(person=WIL.actor.person, role=WIL.actor.role, organisation=UWV.id)
    story.says(347, RIA, wil)
    story.says(340, NOOR, RequestEigenKracht(proposed_by=Role.LABOUR_EXPERT))
    hanna = AppointCoordinator(person=HANNA.actor.person, organisation=CIRCLE.id)
    story.says(340, NOOR, hanna, hour=17)
    story.says(336, NOOR, SetMainQuestion(question="Hoe kom ik aan werk dat ik volhoud?"))
    for place, question in ((3, FREE_TIME), (1, DEBTS), (2, CONNECTION)):
        asked = SetSubQuestion(
            sub_question=story.id(f"question-{place}"), place=place, question=question
        )
        story.says(336, NOOR, asked, hour=11)
    for who, relation in _RELATIONS:
        invited = InviteNetworkMember(person=who.actor.person, relation=relation)
        story.says(333, NOOR, invited)
        story.says(332, who, JoinNetwork(person=who.actor.person), hour=20)
    story.says(330, HANNA, LogConference(conference=story.id("conference")), hour=16)
    story.says(302, HANNA, LogFourWeekCall(words="De post is open. Sem komt elke zondag."))


def _carried_out(story: Story, plan: _Plan) -> None:
    """Tell of one plan: the coordinator wrote down the first, Noor the later ones herself."""
    pen = HANNA if plan is _DEBTS else NOOR
    adopted = AdoptPlan(
        plan=story.id(plan.name),
        conference=story.id("conference"),
        text=plan.text,
        evaluate_on=story.ago(plan.days - 92),
        if_otherwise=plan.if_otherwise,
    )
    story.says(plan.days, pen, adopted, hour=17)
    actions = (*plan.done, *plan.dropped, *plan.stands)
    for at, (who, what) in enumerate(actions):
        added = AddAction(
            action=story.id(f"{plan.name}-{at}"),
            plan=story.id(plan.name),
            person=who.actor.person,
            what=what,
        )
        story.says(plan.days - 1, pen, added, hour=9)
    for at, (who, _) in enumerate(plan.done):
        done = FinishAction(action=story.id(f"{plan.name}-{at}"))
        story.says(plan.days - 15 - 6 * at, who, done, hour=18)
    for at in range(len(plan.done), len(plan.done) + len(plan.dropped)):
        dropped = DropAction(action=story.id(f"{plan.name}-{at}"), words="Niet meer nodig.")
        story.says(plan.days - 72, NOOR, dropped)


def _looked_back(story: Story) -> None:
    words = "Zeven van de negen gedaan. De rest hoefde niet meer, of komt nog."
    looked = EvaluatePlan(plan=story.id("plan"), words=words, new_conference=False)
    story.says(238, NOOR, looked)
    heard = GiveExperience(
        about=About.EK_PLAN, heard=Answer.YES, understood=Answer.YES, helped=Answer.YES
    )
    story.says(237, NOOR, heard)
    seen = GiveExperience(about=About.EK_PLAN, understood=Answer.YES, helped=Answer.YES)
    story.says(230, WIL, seen)


def _lead(story: Story) -> None:
    lead = OfferLead(
        lead=story.id("lead"),
        employer=BAKERY,
        relation=Relation.FAMILY,
        words="De bakker zoekt iemand voor de winkel.",
    )
    story.says(231, SEM, lead, hour=18)


def _once_more(story: Story) -> None:
    """Ask the circle again, now that work is near; another coordinator is there for that."""
    asked = RequestEigenKracht(
        proposed_by=Role.CLIENT, words="Wie past er op als ik vroeg moet beginnen?"
    )
    story.says(20, NOOR, asked)
    again = AppointCoordinator(person=MO.actor.person, organisation=CIRCLE.id)
    story.says(20, NOOR, again, hour=17)
    story.says(15, MO, LogConference(conference=story.id("second")), hour=16)
    adopted = AdoptPlan(
        plan=story.id("second-plan"),
        conference=story.id("second"),
        text="Twee ochtenden brengt Sem haar.",
        evaluate_on=story.ago(-45),
    )
    story.says(14, MO, adopted)
    drive = AddAction(
        action=story.id("drive"),
        plan=story.id("second-plan"),
        person=SEM.actor.person,
        what="Op dinsdag en donderdag meerijden",
        by_when=story.ago(-20),
    )
    story.says(14, MO, drive, hour=11)
