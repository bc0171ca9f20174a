"""Noor's circle: her questions in her order, the plan they made, and what became of it."""

from __future__ import annotations

from api.demo.people import BAKERY, CIRCLE, MO, NOOR, RIA, SEM
from api.demo.telling import Story
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
from domain.rules.issues import OrderIssues, PlanIssue, RaiseIssue, ResolveIssue
from domain.rules.leads import OfferLead

_QUESTIONS = (
    "Hoe komt er rust in het geld?",
    "Wie bel ik als het tegenzit?",
    "Wat doe ik voor mezelf?",
)


def tell(story: Story) -> None:
    """Tell what the circle did in a year."""
    _issues(story)
    _first_plan(story)
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


def _first_plan(story: Story) -> None:
    plan = story.id("plan")
    story.says(336, NOOR, SetMainQuestion(question="Hoe kom ik aan werk dat ik volhoud?"))
    for place, question in enumerate(_QUESTIONS, 1):
        asked = SetSubQuestion(
            sub_question=story.id(f"question-{place}"), place=place, question=question
        )
        story.says(336, NOOR, asked, hour=11)
    held = LogConference(conference=story.id("conference"))
    story.says(330, MO, held, hour=16)
    adopted = AdoptPlan(
        plan=plan,
        conference=held.conference,
        text="Eerst de post, dan een regeling, en op zondag eten bij Sem.",
        evaluate_on=story.ago(238),
        if_otherwise="Sem belt de kring bij elkaar.",
    )
    story.says(330, MO, adopted, hour=17)
    actions = (
        ("post", NOOR, "Elke zaterdag de post openen"),
        ("energy", SEM, "Bellen met de energieleverancier"),
        ("sunday", SEM, "Op zondag samen eten"),
        ("budget", NOOR, "Een boekje bijhouden"),
    )
    for name, who, what in actions:
        added = AddAction(action=story.id(name), plan=plan, person=who.actor.person, what=what)
        story.says(329, MO, added, hour=9)
    story.says(302, MO, LogFourWeekCall(words="De post is open. Sem komt elke zondag."))
    for days, who, name in ((296, SEM, "energy"), (280, NOOR, "post"), (262, SEM, "sunday")):
        story.says(days, who, FinishAction(action=story.id(name)), hour=18)
    dropped = DropAction(action=story.id("budget"), words="Een app werkte beter.")
    story.says(258, NOOR, dropped)
    looked = EvaluatePlan(plan=plan, words="Drie van de vier gedaan.", new_conference=False)
    story.says(238, NOOR, looked)


def _lead(story: Story) -> None:
    lead = OfferLead(
        lead=story.id("lead"),
        employer=BAKERY,
        relation=Relation.FAMILY,
        words="De bakker zoekt iemand voor de winkel.",
    )
    story.says(231, SEM, lead, hour=18)


def _once_more(story: Story) -> None:
    """Ask the circle again, now that work is near; the coordinator is back for that."""
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
