"""The forms of a peer group: what somebody asks and offers, what was held, who comes and goes."""

from __future__ import annotations

from collections.abc import Mapping

from api.web.forms.fields import Field, Shown, fields_of
from api.web.forms.form import Form, form
from api.web.texts import N_
from domain.rules.peer_group import (
    InvitePeer,
    JoinPeerGroup,
    LogSession,
    LogTraining,
    RemovePeer,
    StartPeerGroup,
    SurveyNeeds,
)

_CAME = Field("came", Shown.TICKS, label=N_("Who came?"))
_SESSION, _TRAINING = fields_of(LogSession), fields_of(LogTraining)

START = form(
    "begin",
    StartPeerGroup,
    asks=("name",),
    more=("organisation",),
    title=N_("Begin a group"),
    save=N_("Begin"),
    intro=N_("A group belongs to who is in it. They learn from each other."),
    sees=False,
)
NEEDS = form(
    "zoeken-en-bieden",
    SurveyNeeds,
    asks=("person", "needs", "offers"),
    title=N_("What I want to learn, and what I can give"),
    icon="handshake",
    sees=False,
)
SESSION = Form(
    "bijeenkomst",
    LogSession,
    (_SESSION["topic"], _CAME),
    (_SESSION["occurred_on"],),
    title=N_("Note that we met"),
    icon="calendar-check",
    sees=False,
)
TRAINING = Form(
    "training",
    LogTraining,
    (_TRAINING["person"].but(label=N_("Who gave it?")), _TRAINING["topic"], _CAME),
    (_TRAINING["occurred_on"],),
    title=N_("Note that somebody trained the others"),
    icon="sparkles",
    sees=False,
)
INVITE = form(
    "uitnodigen",
    InvitePeer,
    asks=("person",),
    title=N_("Invite somebody to the group"),
    intro=N_("They say yes or no themselves. Until then nobody in the group reads their name."),
    icon="users",
    sees=False,
)
LET_IN = form(
    "erbij",
    JoinPeerGroup,
    asks=("person", "said_yes_on"),
    title=N_("Note that somebody said yes to you"),
    icon="check",
    sees=False,
)
JOIN = form("meedoen", JoinPeerGroup, asks=("person",), title=N_("Take part"), sees=False)
LEAVE = form("stoppen", RemovePeer, asks=("person",), title=N_("Stop taking part"), sees=False)

OFFERED = (NEEDS, SESSION, TRAINING)
"""What the page of a group leads to for its members, and for who guides it."""
GUIDING = (INVITE, LET_IN)
"""What asks to know people outside the group: for who has their trajectories."""
GROUP_FORMS: Mapping[str, Form] = {each.name: each for each in (*OFFERED, *GUIDING, JOIN, LEAVE)}
