"""What this is and what one finds where, whom to call, and how accessible the pages are."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from api.address import Address
from api.reading.asking import Asking
from api.reading.help import call
from api.web.rendering import language, of
from api.web.section import Gives, Section
from api.web.texts import N_
from domain.policy.outside import STAFF
from domain.roles import Role

_TIMELINE = N_("A trajectory has a timeline: what happened, the newest first.")
_OTHERS = N_("You see what your role may see. At each form it says who will see what you write.")
_DAILY = N_("At the top of Today stand what is new for you, the team meeting and standing in.")
PAGES: Mapping[str, str] = {
    "/vandaag": N_("Today says who needs contact, and why."),
    "/noteer": N_("Note is for writing down what happened: choose about whom, and then what."),
    "/signalen": N_(
        "Signals says who told that it is not going well, and who still waits for an answer."
    ),
    "/noodinzage": N_(
        "Emergency opens a file for a day when somebody is brought in and it cannot wait."
    ),
    "/agenda": N_("Calendar has the appointments, and what we promised, by day."),
    "/werkgevers": N_(
        "Employers says who was in touch with an employer, and whom to ask for there."
    ),
    "/groep": N_("Groups is for people in the same boat: who comes, and what you did together."),
    "/team": N_("Team shows who guides how many, where somebody is needed and who stands in."),
    "/team/uitkomsten": N_("Outcomes gives the totals of a programme, each with its table."),
    "/steekproef": N_(
        "Sample has the files that chance drew, in which an auditor looks back at choices."
    ),
    "/nakijken": N_(
        "Looking back is for emergencies: a colleague read along, and a second person looks."
    ),
    "/import": N_("With Workbook you take over what a coach kept in a workbook."),
    "/inzagelog": N_("Who looked says who opened which file, and why they may."),
    "/overzicht": N_("Overview names everybody whose trajectory you can see."),
}
"""What the pages of a menu are for, by their address."""
_FINDS: Mapping[Role, tuple[str, ...]] = {
    Role.CLIENT: (
        N_("Home is where you begin: how it goes, what was promised, and whom you can call."),
        N_("With one tap there you say that it is not going well."),
        N_("My trajectory is your own story: what happened, and what was agreed."),
        N_("My people says who is around you and what they see. You choose who comes close."),
        N_("Do you not agree with something? You can say so yourself, and it stays beside it."),
        N_("Account shows who wrote down what, and when."),
    ),
    Role.NETWORK_MEMBER: (
        N_("You were asked by somebody close to you. You see what they want to share with you."),
        N_("What you took on stands on top. When it is done, you say so there."),
        N_("You can give a tip about work, or tell the team that it is not going well."),
        N_("You can stop at any time. You need not say why."),
    ),
    Role.JOB_COACH: (_DAILY, _TIMELINE, _OTHERS),
    Role.CARE_WORKER: (_DAILY, _TIMELINE, _OTHERS),
    Role.EMPLOYER: (
        N_("You see what was agreed about the job at your place, and nothing about health."),
        N_("The number of the job coach stands there. You can also ask to be called."),
    ),
    Role.TEAM_LEAD: (),
    Role.PRIVACY_OFFICER: (),
    Role.PEER: (
        N_("In a group you are a peer. Here you see nobody's file, and nobody sees yours."),
    ),
    Role.AUDITOR: (
        N_("You read under other names: who people are stays hidden."),
        N_("Account shows each entry as it was written down."),
    ),
}
"""What each role finds where, besides the pages of its menu; all others find the same."""
SIDES: tuple[tuple[str, frozenset[Role]], ...] = (
    (N_("Whose trajectory it is"), frozenset({Role.CLIENT, Role.PEER})),
    (
        N_("Close by, and at work"),
        frozenset({Role.NETWORK_MEMBER, Role.LEGAL_REPRESENTATIVE, Role.EMPLOYER}),
    ),
    (N_("Who supports"), frozenset()),
    (
        N_("Who looks back, and guards"),
        frozenset({Role.AUDITOR, Role.TEAM_LEAD, Role.PRIVACY_OFFICER, Role.SYSADMIN}),
    ),
)
"""On which side of the story people stand, in the order of the chooser; the others support."""
_COACHED = SIDES[0][1] | SIDES[1][1]
"""Who asks a job coach; the others work with this themselves."""
_SEES: Mapping[Role, str] = {
    Role.CLIENT: N_("sees the whole of the own story, and who looked at it"),
    Role.PEER: N_("sees what is told in the group, and nobody's file"),
    Role.NETWORK_MEMBER: N_("sees what was shared with them"),
    Role.LEGAL_REPRESENTATIVE: N_("sees what the mandate names"),
    Role.EMPLOYER: N_("sees what was agreed about the job, nothing about health"),
    Role.JOB_COACH: N_("sees who needs contact today, and the whole timeline"),
    Role.CARE_WORKER: N_("sees the timeline with care and work beside each other"),
    Role.JOB_BROKER: N_("sees what is needed to find work, with permission"),
    Role.CLIENT_MANAGER: N_("sees summaries of what the client may need, no words"),
    Role.LABOUR_EXPERT: N_("sees summaries of what the client may need, no words"),
    Role.BENEFITS_ADVISER: N_("sees what is about income"),
    Role.EK_COORDINATOR: N_("sees the plan of the circle, until it stands"),
    Role.PEER_WORKER: N_("sees what was shared with them"),
    Role.AUDITOR: N_("sees choices of a sample, under other names"),
    Role.TEAM_LEAD: N_("sees how the team is doing, no stories"),
    Role.PRIVACY_OFFICER: N_("sees who looked at which file, under other names"),
    Role.SYSADMIN: N_("sees nobody's story"),
}
"""What each role sees, in a word or ten, for whoever chooses who to be."""
_REST = (_TIMELINE, _OTHERS)
_STEPS: Mapping[Role, str] = {
    Role.CLIENT: N_("Your trajectory comes here when your coach begins it. Ask your job coach."),
    Role.NETWORK_MEMBER: N_("Somebody close to you can invite you. Ask them, or their job coach."),
    Role.EMPLOYER: N_("Somebody comes here when a job at your place is noted. Ask the job coach."),
    Role.PEER: N_(
        "That is how it should be: around the table everybody tells what they want to tell."
        " Your own trajectory is there when you sign in as yourself."
    ),
    Role.TEAM_LEAD: N_("Look at Team: there stand all whom the coaches guide."),
}
"""What somebody can do whose overview is empty."""
_STEP = N_(
    "Somebody comes here when you join their team. Did you expect somebody? Ask their coach."
)


class Helping(Section):
    """Pages for everybody, signed in or not."""

    def routes(self, get: Gives) -> list[BaseRoute]:
        """Give the addresses."""
        return [
            Address("/help", get(self.help)),
            Address("/toegankelijkheid", get(self.accessibility)),
        ]

    def help(self, request: Request) -> Response:
        """Say what this is, and whom to call; to who is signed in, what they find where."""
        who = of(request)
        return self.page(
            request,
            who,
            "help.html",
            pages=PAGES,
            tells=() if who is None else _FINDS.get(who.actor.role, _REST),
            numbers=call(self.services, language(request)),
            staff=who is not None and who.actor.role in STAFF,
            coached=who is None or who.actor.role in _COACHED,
        )

    def accessibility(self, request: Request) -> Response:
        """Say what was tried, and what was not."""
        return self.page(request, of(request), "accessibility.html")


def by_side(people: Mapping[str, Role]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Sort people by their side, each with what their role sees; texts are yet to translate."""
    elsewhere = frozenset[Role]().union(*(roles for _, roles in SIDES))
    found = []
    for side, roles in SIDES:
        there = roles or frozenset(Role) - elsewhere
        named = [(name, _SEES[role]) for name, role in people.items() if role in there]
        if named:
            found.append((side, named))
    return found


def next_step(who: Asking) -> str:
    """Say what somebody can do whose overview is empty: an id in the catalogue."""
    return _STEPS.get(who.actor.role, _STEP)
