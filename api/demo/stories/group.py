"""The group that Samir began: they ask each other what they need, and who knows it trains them."""

from __future__ import annotations

from dataclasses import replace

from api.demo.people import CARE, ELS, FEMKE, GROUP, IN_GROUP, SAMIR, TOM, Somebody
from api.demo.telling import Story
from domain.rules.base import Command
from domain.rules.peer_group import (
    InvitePeer,
    JoinPeerGroup,
    LogSession,
    LogTraining,
    RemovePeer,
    StartPeerGroup,
    SurveyNeeds,
)

_TABLE = (SAMIR, ELS, TOM, FEMKE)
_NEEDS = {
    SAMIR: ("dagritme",),
    ELS: ("sollicitatiegesprekken",),
    TOM: ("sollicitatiegesprekken", "netwerken"),
    FEMKE: ("netwerken",),
}
_OFFERS = {SAMIR: ("solliciteren oefenen",), FEMKE: ("roosters maken",)}
FAREWELL = 96
"""So many days ago Femke left with a job."""


def tell(story: Story) -> None:
    """Tell the year of the group."""
    start = StartPeerGroup(name="Maandaggroep", organisation=CARE.id)
    story.says(300, SAMIR, start, stream=GROUP)
    for each in (ELS, TOM, FEMKE):
        _says(story, 299, SAMIR, InvitePeer(person=each.actor.person))
        _says(story, 298, each, JoinPeerGroup(person=each.actor.person))
    for each in _TABLE:
        person = each.actor.person
        survey = SurveyNeeds(person=person, needs=_NEEDS[each], offers=_OFFERS.get(each, ()))
        _says(story, 297, each, survey)
    for days, who, topic in (
        (237, SAMIR, "sollicitatiegesprekken"),
        (160, FEMKE, "roosters maken"),
    ):
        training = LogTraining(
            training=story.id(f"training-{days}"),
            person=who.actor.person,
            topic=topic,
            came=tuple(each.actor.person for each in _TABLE if each is not who),
        )
        _says(story, days, who, training)
    for days, topic in (
        *((293, "op tijd opstaan"), (195, "netwerken"), (102, "wat je thuis vertelt")),
        (33, "een jaar verder"),
    ):
        _meet(story, days, topic)
    _says(story, FAREWELL, FEMKE, RemovePeer(person=FEMKE.actor.person))


def _meet(story: Story, days: int, topic: str) -> None:
    came = tuple(e.actor.person for e in _TABLE if e is not FEMKE or days > FAREWELL)
    session = LogSession(session=story.id(f"session-{days}"), topic=topic, came=came)
    _says(story, days, ELS, session)


def _says(story: Story, days: int, who: Somebody, command: Command) -> None:
    story.says(days, replace(who, actor=IN_GROUP[who]), command, stream=GROUP)
