"""Writes down who looks at a file, before anything of it is shown."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any
from uuid import UUID

from api.reading.queried import Query, queried
from domain.events.base import Category, GrantKind
from domain.language import Choice, Text
from domain.policy import Sight, basis
from domain.roles import Role
from eventlog.access import Look

if TYPE_CHECKING:
    from api.reading.asking import Asking


class View(Choice):
    """What of a file somebody looked at."""

    TIMELINE = "timeline", "de tijdlijn", "the timeline"
    STATE = "state", "hoe het er nu voor staat", "how it stands now"
    AUDIT_TRAIL = "audit_trail", "de verantwoording", "the account of each entry"
    SUPPORT = "support", "de steun en het volgende contact", "the support and the next contact"
    CHOICES = "choices", "de keuzes uit vertrouwen", "the choices made on trust"
    CHOICE = "choice", "een keuze uit vertrouwen", "a choice made on trust"
    EIGEN_KRACHT = "eigen_kracht", "het Eigen Kracht-plan", "the Eigen Kracht plan"
    PROFILE = "profile", "wens en profiel", "wish and profile"
    CV_GAP = "cv_gap", "de jaren zonder baan", "the years without a job"
    CHECKS = "checks", "wat er na te gaan is", "what can be checked"
    TODAY = "today", "de lijst van vandaag", "the list of today"
    CARRIED = "carried", "de telefoonnummers, mee op een toestel", "the numbers, along on a device"
    CASELOAD = "caseload", "het overzicht", "the overview"
    PEOPLE = "people", "de mensen eromheen", "the people around"
    FUNDINGS = "fundings", "de financiering", "the funding"
    NOTE = "note", "een formulier om iets te noteren", "a form to note something"
    CALENDAR = "calendar", "de agenda", "the calendar"
    NOTICES = "notices", "wat er nieuw is", "what is new"
    HANDOVER = "handover", "de overdracht", "the handover"
    OUTCOMES = "outcomes", "de beloofde gesprekken", "the talks that were promised"
    WELLBEING = "wellbeing", "hoe het gaat", "how it goes"
    CODE = "code", "een code om dossiers te koppelen", "a code to link files"
    HELP = "help", "wie een signaal leest", "who reads a signal"
    CONSEQUENCES = "consequences", "wat er volgt uit een notitie", "what follows from an entry"
    ACCESS = "access", "wie er keek", "who looked"
    EMERGENCIES = "emergencies", "het meelezen in een noodgeval", "the reading in an emergency"
    SEE_AS = "see_as", "een voorbeeld van wat een ander ziet", "a preview of what another sees"
    SHARING = "sharing", "wie mag wat zien", "who may see what"
    ENTRY = "entry", "één notitie", "one entry"
    SEARCH = "search", "zoeken in de tijdlijn", "looking for something in the timeline"
    FOR_FILE = "for_file", "tekst voor het eigen dossier", "text for one's own file"
    EMPLOYERS = "employers", "wie er bij welke werkgever was", "who was at which employer"
    CARD = "card", "de kaart voor een noodgeval", "the card for an emergency"
    COPY = "copy", "een kopie van het dossier", "a copy of the file"


LABELS = {view.value: view.label for view in View}

_API = "/api/v1"
_FILE = f"{_API}/trajectories/{{id}}"
VIEWS: Mapping[str, View] = MappingProxyType(
    {
        _FILE: View.STATE,
        f"{_FILE}/timeline": View.TIMELINE,
        f"{_FILE}/audit-trail": View.AUDIT_TRAIL,
        f"{_FILE}/support": View.SUPPORT,
        f"{_FILE}/eigen-kracht": View.EIGEN_KRACHT,
        f"{_FILE}/cv-gap": View.CV_GAP,
        f"{_FILE}/trust-decisions": View.CHOICES,
        f"{_FILE}/trust-decisions/{{decision}}/context": View.CHOICE,
        f"{_FILE}/fundings": View.FUNDINGS,
        f"{_FILE}/checks": View.CHECKS,
        f"{_FILE}/entries/{{entry}}/consequences": View.CONSEQUENCES,
        f"{_FILE}/access": View.ACCESS,
        f"{_FILE}/see-as": View.SEE_AS,
        f"{_FILE}/sharing": View.SHARING,
        f"{_FILE}/copy": View.COPY,
        f"{_FILE}/handover": View.HANDOVER,
        f"{_FILE}/link-code": View.CODE,
        f"{_FILE}/setback-help": View.HELP,
        f"{_API}/emergencies": View.EMERGENCIES,
        f"{_FILE}/wellbeing": View.WELLBEING,
        f"{_API}/programmes/{{id}}/outcomes": View.OUTCOMES,
        f"{_API}/caseload": View.CASELOAD,
        f"{_API}/today": View.TODAY,
        f"{_API}/directory/people": View.PEOPLE,
        f"{_API}/directory/search": View.PEOPLE,
        f"{_API}/directory/{{id}}": View.PEOPLE,
        f"{_API}/smells": View.NOTE,
        "/nieuw": View.PEOPLE,
        "/vandaag": View.TODAY,
        "/wachtrij/vandaag": View.CARRIED,
        "/overzicht": View.CASELOAD,
        "/noteer": View.CASELOAD,
        "/werkgevers": View.EMPLOYERS,
        "/werkgevers/{id}": View.EMPLOYERS,
        "/team": View.CASELOAD,
        "/team/wie/{coach}": View.CASELOAD,
        "/team/uitkomsten": View.OUTCOMES,
        "/vind": View.CASELOAD,
        "/mijn": View.CASELOAD,  # of whom the drafts are
        "/overleg": View.CASELOAD,
        "/vervanging": View.CASELOAD,
        "/agenda": View.CALENDAR,
        "/meldingen": View.NOTICES,
        "/steekproef": View.CHOICES,
        "/inzagelog": View.ACCESS,
        "/inzagelog/{id}/{question}": View.ACCESS,
        "/nakijken": View.EMERGENCIES,
        "/nakijken/{id}/{emergency}": View.EMERGENCIES,
        "/signalen": View.TODAY,
        "/traject/{id}": View.TIMELINE,
        "/traject/{id}/op-papier": View.TIMELINE,
        "/traject/{id}/verantwoording": View.AUDIT_TRAIL,
        "/traject/{id}/keuzes": View.CHOICES,
        "/traject/{id}/keuzes/{choice}": View.CHOICE,
        "/traject/{id}/nagaan": View.CHECKS,
        "/traject/{id}/profiel": View.PROFILE,
        "/traject/{id}/telefoonnummer": View.PEOPLE,
        "/traject/{id}/overdracht": View.HANDOVER,
        "/traject/{id}/delen": View.SHARING,
        "/traject/{id}/zoals": View.SEE_AS,
        "/traject/{id}/wie-keek": View.ACCESS,
        "/traject/{id}/thuis": View.STATE,
        "/traject/{id}/gehoord": View.HELP,
        "/traject/{id}/gehoord/terug": View.HELP,
        "/traject/{id}/mensen": View.SHARING,
        "/traject/{id}/uitnodiging": View.STATE,
        "/traject/{id}/noodkaart": View.CARD,
        "/traject/{id}/hoe-het-gaat": View.WELLBEING,
        "/traject/{id}/zoek": View.SEARCH,
        "/traject/{id}/regel/{entry}": View.ENTRY,
        "/traject/{id}/regel/{entry}/verbeter": View.CONSEQUENCES,
        "/traject/{id}/voor-het-dossier": View.FOR_FILE,
        "/traject/{id}/voor-het-dossier.txt": View.FOR_FILE,
        "/traject/{id}/noteer": View.NOTE,
        "/traject/{id}/{form}": View.NOTE,
    }
)
"""What each address shows of a file; one that is not here shows nothing of any."""

GROUNDS: Mapping[GrantKind, Text] = MappingProxyType(
    {
        GrantKind.CLIENT: Text("het gaat over deze persoon", "it is about this person"),
        GrantKind.TEAM: Text("hoort bij het team", "is on the team"),
        GrantKind.NETWORK: Text("door de cliënt uitgenodigd", "invited by the client"),
        GrantKind.MANDATE: Text("vertegenwoordigt de cliënt", "represents the client"),
        GrantKind.PERMISSION: Text("met toestemming van de cliënt", "by the client's permission"),
        GrantKind.EMPLOYER: Text("hoort bij een werkgever hier", "is of an employer here"),
        GrantKind.SAMPLE: Text("het dossier zit in een steekproef", "the file is in a sample"),
        GrantKind.ROLE: Text("door de rol bij de organisatie", "by the role at the organisation"),
        GrantKind.EMERGENCY: Text("in een noodgeval", "in an emergency"),
    }
)
"""How what gave the right to look is said to whoever reads who looked (reference 7.4)."""


def seen_of(scope: Mapping[str, Any]) -> tuple[View | None, Query]:
    """Say what a request looks at, by its address, and by what it is asked; None: at no file."""
    view = VIEWS.get(getattr(scope.get("route"), "path", ""))
    return view, () if view is None else queried(scope)


def look(
    asking: Asking, trajectory: UUID, seen: Sight, around: Mapping[UUID, Role], at: datetime
) -> Look:
    """Word one look of somebody who is let in."""
    actor, tie = asking.actor, seen.relation
    return Look(
        *_who(asking, trajectory, at),
        _letters(seen),
        basis(actor.role, actor.person, around, emergency=tie.emergency is not None),
        asking.request,
        tuple(sorted(tie.permissions)),
        tie.emergency,
        asking.query,
    )


@lru_cache(maxsize=4096)
def _letters(seen: Sight) -> str:
    return "".join(sorted(seen.categories()))


def look_by_role(asking: Asking, trajectory: UUID, category: Category, at: datetime) -> Look:
    """Word one look of somebody who oversees one category by role alone, and reads nothing else."""
    who = _who(asking, trajectory, at)
    return Look(*who, category.value, GrantKind.ROLE, asking.request, query=asking.query)


def _who(
    asking: Asking, trajectory: UUID, at: datetime
) -> tuple[datetime, UUID, UUID, Role, UUID | None, UUID | None, str]:
    """Give who looks at which file when, and at what of it, as a look begins."""
    actor = asking.actor
    about = actor.person, actor.role, actor.organisation, actor.on_behalf_of
    return at, trajectory, *about, asking.view or ""
