"""Who lives and works in the demo region; everybody is invented."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID, uuid5

from api.signin import Persona
from api.workbook.identity import Ids
from api.workbook.layout import EMPLOYERS, TRAJECTORIES, fold
from domain.events.people import OrganisationKind
from domain.language import Text, spoken
from domain.roles import Role
from eventlog.entry import Actor

SOURCE = "haaren"
"""Under this name the shipped workbook is imported."""
_NAMESPACE = UUID("6c616e64-7363-4861-b064-656d6f726567")
_BOOK = Ids(SOURCE)


def named(*parts: str) -> UUID:
    """Give the id of something in the demo: the same at every start."""
    return uuid5(_NAMESPACE, "/".join(parts))


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation of the region."""

    id: UUID
    name: str
    kind: OrganisationKind


CARE = Organisation(named("organisation", "care"), "GGZ De Beemden", OrganisationKind.CARE)
TOWN = Organisation(named("organisation", "town"), "Gemeente Haaren", OrganisationKind.MUNICIPALITY)
CIRCLE = Organisation(named("organisation", "circle"), "Kring Brabant", OrganisationKind.OTHER)
UWV = Organisation(named("organisation", "uwv"), "UWV Brabant", OrganisationKind.UWV)
LEARNING = Organisation(
    named("organisation", "learning"), "Leerwerkplaats Kwaliteit", OrganisationKind.OTHER
)
EAST = Organisation(
    named("organisation", "trust"), "Werkbedrijf Oostland", OrganisationKind.REINTEGRATION
)
ORGANISATIONS = (CARE, TOWN, CIRCLE, UWV, LEARNING, EAST)
PROGRAMME = named("programme")
VILLAGE = named("programme", "village")
"""The programme that the people of the book are in."""
NORTH = named("programme", "north")
"""The programme of whoever comes on a wish alone (Groningen)."""
TRUST = named("programme", "trust")
"""The programme of 726 people, from control to guidance (Laborijn)."""
PROGRAMMES = {
    PROGRAMME: ("Samen aan het werk", CARE),
    VILLAGE: ("Meedoen in Haaren", CARE),
    NORTH: ("Werk is medicijn", CARE),
    TRUST: ("Samen sterk naar werk", EAST),
}
GROUP = named("group")
COURIERS = _BOOK.of(EMPLOYERS, fold("Fietskoeriers Noord"))
BAKERY = _BOOK.of(EMPLOYERS, fold("Bakkerij Van Dam"))


@dataclass(frozen=True, slots=True)
class Somebody:
    """A person of the region, in the role in which one signs in as them."""

    key: str
    given: str
    family: str | None
    actor: Actor
    does: Text
    """What they do, for the page that lets one choose."""
    birth_year: int | None = None
    phone: str | None = None
    in_book: bool = False
    """The workbook registers them."""

    @property
    def name(self) -> str:
        """The whole name."""
        return f"{self.given} {self.family}" if self.family else self.given


def _client(key: str, given: str, family: str, birth_year: int, does: Text) -> Somebody:
    actor = Actor(named("person", key), Role.CLIENT)
    phone = f"06-000000{len(key)}{birth_year % 10}"
    return Somebody(key, given, family, actor, does, birth_year, phone)


def _worker(key: str, name: str, role: Role, at: Organisation, does: Text) -> Somebody:
    given, _, family = name.partition(" ")
    return Somebody(
        key, given, family, Actor(named("person", key), role, at.id), does, phone=_at_work(key)
    )


def _at_work(key: str) -> str:
    """Make up a telephone that nobody has."""
    return f"06-000001{sum(map(ord, key)) % 100:02d}"


def _of_book(key: str, name: str, role: Role, does: Text) -> Somebody:
    given, _, family = name.partition(" ")
    actor = Actor(_BOOK.staff(fold(name)), role, CARE.id)
    return Somebody(key, given, family, actor, does, phone=_at_work(key), in_book=True)


RIA = _of_book("ria", "Ria Verhoeven", Role.JOB_COACH, Text("jobcoach", "job coach"))
BAS = _of_book("bas", "Bas de Groot", Role.CARE_WORKER, Text("behandelaar", "care worker"))
NOOR = _client(
    "noor", "Noor", "Bakker", 1995, Text("cliënt, eerst rust in het geld", "client, debts first")
)
SAMIR = _client(
    "samir", "Samir", "El Amrani", 1982, Text("cliënt, was hr-adviseur", "client, used to be in HR")
)
ELS = _client(
    "els", "Els", "van den Heuvel", 1974, Text("cliënt, wil meer uren", "client, wants more hours")
)
TOM = _client(
    "tom", "Tom", "Kuipers", 1999, Text("cliënt, fietskoerier", "client, bicycle courier")
)
IVO = _client("ivo", "Ivo", "'t Hart", 1988, Text("cliënt, is weer terug", "client, is back again"))
FEMKE = _client(
    "femke", "Femke", "Dekkers", 1979,
    Text("cliënt, na vijf jaar uitkering aan het werk", "client, at work after five years"),
)  # fmt: skip
BRAM = _client(
    "bram", "Bram", "Wolters", 1986,
    Text("cliënt, zei dat het even niet goed ging", "client, said that it was not going well"),
)  # fmt: skip


def _close(key: str, given: str, family: str, does: Text) -> Somebody:
    return Somebody(key, given, family, Actor(named("person", key), Role.NETWORK_MEMBER), does)


SEM = _close(
    "sem",
    "Sem",
    "Bakker",
    Text("neef van Noor, door haar gevraagd", "nephew of Noor, asked by her"),
)
AUNT = _close("aunt", "Loes", "Bakker", Text("tante van Noor", "aunt of Noor"))
BROTHER = _close("brother", "Joris", "Bakker", Text("broer van Noor", "brother of Noor"))
MILA = _close("mila", "Mila", "Kaya", Text("vriendin van Noor", "friend of Noor"))
KARIM = _close("karim", "Karim", "Benali", Text("vriend van Noor", "friend of Noor"))
GREET = _close("greet", "Greet", "Postma", Text("buurvrouw van Noor", "neighbour of Noor"))
JO = _worker("jo", "Jo Aarts", Role.JOB_BROKER, TOWN, Text("werkmakelaar", "job broker"))
ANK = _worker(
    "ank", "Ank Smulders", Role.CLIENT_MANAGER, TOWN, Text("klantmanager", "client manager")
)
MO = _worker(
    "mo", "Mo Yildiz", Role.EK_COORDINATOR, CIRCLE,
    Text("Eigen Kracht-coördinator", "Eigen Kracht coordinator"),
)  # fmt: skip
HANNA = _worker(
    "hanna", "Hanna Vis", Role.EK_COORDINATOR, CIRCLE,
    Text("Eigen Kracht-coördinator, klaar", "Eigen Kracht coordinator, finished"),
)  # fmt: skip
WIL = _worker(
    "wil", "Wil Maas", Role.LABOUR_EXPERT, UWV, Text("arbeidsdeskundige", "labour expert")
)
WIM = Somebody(
    "wim", "Wim", "Jacobs", Actor(named("person", "wim"), Role.EMPLOYER, COURIERS),
    Text("werkgever, Fietskoeriers Noord", "employer, Fietskoeriers Noord"),
)  # fmt: skip
KIM = _worker("kim", "Kim de Rooij", Role.AUDITOR, LEARNING, Text("auditor", "auditor"))
LEONIE = _worker("leonie", "Leonie Vos", Role.TEAM_LEAD, CARE, Text("teamleider", "team lead"))
NIEK = _worker(
    "niek", "Niek Hofman", Role.JOB_COACH, CARE,
    Text("trajectbegeleider in een behandelteam", "job coach in a care team"),
)  # fmt: skip
FENNA = _worker("fenna", "Fenna Wit", Role.JOB_COACH, EAST, Text("jobcoach", "job coach"))
HEDWIG = _worker("hedwig", "Hedwig Sanders", Role.TEAM_LEAD, EAST, Text("teamleider", "team lead"))
JOOST = _worker(
    "joost", "Joost Mertens", Role.CARE_WORKER, CARE,
    Text("behandelaar van de crisisdienst", "care worker of the crisis service"),
)  # fmt: skip
ESRA = _worker(
    "esra", "Esra Demir", Role.PRIVACY_OFFICER, CARE,
    Text("privacyfunctionaris", "privacy officer"),
)  # fmt: skip
OPERATOR = Actor(named("operator"), Role.SYSADMIN)

CLIENTS = (NOOR, SAMIR, ELS, TOM, IVO, FEMKE, BRAM)
WORKERS = (RIA, BAS, JO, ANK, MO, KIM, LEONIE, HANNA, WIL, NIEK, FENNA, HEDWIG, JOOST, ESRA)
EVERYBODY = (
    *(RIA, BAS, TOM, NOOR, SAMIR, ELS, IVO, SEM, WIM, JO, ANK, MO, KIM, LEONIE),
    *(FEMKE, HANNA, WIL, NIEK, BRAM, FENNA, HEDWIG, JOOST, ESRA),
)
CLOSE = (AUNT, BROTHER, MILA, KARIM, GREET)
"""Noor's circle beside Sem; nobody signs in as them."""

IN_GROUP = {each: Actor(each.actor.person, Role.PEER) for each in (SAMIR, ELS, TOM, FEMKE)}
"""Around the table of the group: there they are peers, and no file of anybody is seen."""

IN_THE_GROUP = Text("in de groep", "in the group")


def _called(somebody: Somebody, does: Text) -> Text:
    return spoken(lambda language: f"{somebody.name}, {does.to(language)}")


PERSONAS = {each.key: Persona(each.actor, _called(each, each.does)) for each in EVERYBODY} | {
    "samir-groep": Persona(IN_GROUP[SAMIR], _called(SAMIR, IN_THE_GROUP))
}


def trajectory_of(client: Somebody) -> UUID:
    """Give the id of a client's trajectory."""
    return named("trajectory", client.key)


def in_book(number: str) -> UUID:
    """Give the id of a trajectory of the workbook."""
    return _BOOK.of(TRAJECTORIES, fold(number))
