"""Groningen's way: in on the wish alone, on the day itself, whatever somebody lives on (source S1).

For every benefit one who is known to care and one who is not; half of them want to learn first.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from api.demo.people import BAKERY, BAS, CARE, NIEK, NORTH, Somebody, named
from api.demo.telling import Story
from domain.events.benefit import Benefit
from domain.events.participation import EducationKind
from domain.events.referral import Channel, Want
from domain.events.search import ContactPurpose, Mode
from domain.language import Text
from domain.roles import Role
from domain.rules.benefit import NoteBenefits
from domain.rules.participation import StartEducation
from domain.rules.referral import EnterProgramme, ExpressWorkWish, Refer
from domain.rules.search import LogEmployerContact
from domain.rules.team import AddTeamMember
from eventlog.entry import Actor

_FIRST, _APART = 65, 2
_NAMES = (
    *("Abel Sikkema", "Bauke Wiersma", "Chantal Mos", "Djamila Aziz", "Eise Hovinga"),
    *("Froukje Bos", "Gijs Meulman", "Hanneke Tuin", "Ismail Demir", "Jet Doornbos"),
    *("Klaas Wolthuis", "Lotte Prins", "Maaike Veldman", "Nynke Hazenberg", "Okke Sijtsma"),
    *("Petra Loots", "Qasim Noor", "Roelf Zijlstra", "Siska Boer", "Tamar Levi"),
    *("Ubbo Kremer", "Wietske Dam"),
)


class Comer(NamedTuple):
    """Somebody who came, what they live on, and whether care knew them."""

    who: Somebody
    benefit: Benefit
    in_care: bool


def _comers() -> Iterator[Comer]:
    for at, name in enumerate(_NAMES):
        given, _, family = name.partition(" ")
        key = f"north-{at}"
        actor = Actor(named("person", key), Role.CLIENT)
        somebody = Somebody(key, given, family, actor, Text("cliënt", "client"))
        yield Comer(somebody, [*Benefit][at // 2], in_care=at % 2 == 0)


COMERS = tuple(_comers())


def stories(today: date) -> Iterator[Story]:
    """Tell of each of them."""
    for at, comer in enumerate(COMERS):
        story = Story(comer.who, today)
        _tell(story, comer, _FIRST - _APART * at)
        yield story


def _tell(story: Story, comer: Comer, came: int) -> None:
    channel = Channel.CARE if comer.in_care else Channel.SELF
    refer = Refer(client=comer.who.actor.person, channel=channel, organisation=CARE.id)
    story.says(came, NIEK, refer, hour=9)
    want = Want.EDUCATION if comer.in_care else Want.PAID
    story.says(came, comer.who, ExpressWorkWish(wants=(want,)), hour=9)
    story.says(came, NIEK, EnterProgramme(programme=NORTH))
    story.says(came, comer.who, NoteBenefits(benefits=(comer.benefit,)), hour=11)
    met = LogEmployerContact(
        employer=BAKERY,
        mode=Mode.ON_SITE,
        client_specific=True,
        purpose=ContactPurpose.LEARN_NEEDS,
    )
    story.says(came, NIEK, met, hour=15)
    if comer.in_care:
        bas = AddTeamMember(person=BAS.actor.person, role=BAS.actor.role, organisation=CARE.id)
        story.says(came, NIEK, bas, hour=16)
        lesson = StartEducation(
            education=story.id("lesson"),
            kind=EducationKind.MAINSTREAM,
            title="mbo zorg en techniek",
        )
        story.says(came - 9, comer.who, lesson)
    for days in range(came - 7, 2, -14):
        story.talks(days, mode=Mode.WALK, who=NIEK)
