"""The group that Samir began: they ask each other what they need, and he trains them."""

from __future__ import annotations

from dataclasses import replace

from api.demo.people import CARE, ELS, GROUP, IN_GROUP, SAMIR, TOM, Somebody
from api.demo.telling import Story
from domain.rules.base import Command
from domain.rules.peer_group import (
    InvitePeer,
    JoinPeerGroup,
    LogSession,
    LogTraining,
    StartPeerGroup,
    SurveyNeeds,
)

_TABLE = (SAMIR, ELS, TOM)


def tell(story: Story) -> None:
    """Tell the year of the group."""
    start = StartPeerGroup(name="Maandaggroep", organisation=CARE.id)
    story.says(300, SAMIR, start, stream=GROUP)
    for each in (ELS, TOM):
        _says(story, 299, SAMIR, InvitePeer(person=each.actor.person))
        _says(story, 298, each, JoinPeerGroup(person=each.actor.person))
    needs = {SAMIR: ["dagritme"], ELS: ["sollicitatiegesprekken"]}
    needs[TOM] = ["sollicitatiegesprekken", "netwerken"]
    for each in _TABLE:
        brings = ("solliciteren oefenen",) if each is SAMIR else ()
        survey = SurveyNeeds(person=each.actor.person, needs=tuple(needs[each]), offers=brings)
        _says(story, 297, each, survey)
    _meet(story, 293, "op tijd opstaan")
    training = LogTraining(
        training=story.id("training-given"),
        person=SAMIR.actor.person,
        topic="sollicitatiegesprekken",
        came=tuple(each.actor.person for each in _TABLE if each is not SAMIR),
    )
    _says(story, 237, SAMIR, training)
    for days, topic in ((195, "netwerken"), (102, "wat je thuis vertelt"), (33, "een jaar verder")):
        _meet(story, days, topic)


def _meet(story: Story, days: int, topic: str) -> None:
    came = tuple(each.actor.person for each in _TABLE)
    session = LogSession(session=story.id(f"session-{days}"), topic=topic, came=came)
    _says(story, days, ELS, session)


def _says(story: Story, days: int, who: Somebody, command: Command) -> None:
    story.says(days, replace(who, actor=IN_GROUP[who]), command, stream=GROUP)
