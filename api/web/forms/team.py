"""The forms of the team around a client: answers, choices on trust, standing in."""

from __future__ import annotations

from api.web.forms.form import form
from api.web.texts import N_
from domain.rules.access import AnswerAccessQuestion
from domain.rules.appointments import MoveWorkAppointment
from domain.rules.course import ReceiveHandover, Transfer
from domain.rules.cover import ArrangeCover
from domain.rules.meeting import NoteTeamDiscussion
from domain.rules.setback import AnswerSetback, NoteRecovery
from domain.rules.trust import RecordDecision, ReviewDecision, ReviseDecision

ANSWER = form(
    "reageer",
    AnswerSetback,
    asks=("setback", "agreed_help"),
    more=("in_confidence", "occurred_on", "late_reason"),
    icon="footprints",
)
RECOVERY = form(
    "gaat-beter",
    NoteRecovery,
    asks=("setback", "words"),
    more=("occurred_on", "late_reason"),
    icon="sun",
)
_CHOSEN = ("question", "client_want", "choice", "rationale", "review_on")
_MORE_OF_A_CHOICE = (
    "participants",
    "options",
    "client_words_by",
    "desired_effect",
    "safety_net",
    "risk_accepted",
    "consequences_short",
    "consequences_long",
    "legal_check",
    "formal_decision_ref",
    "occurred_on",
    "late_reason",
)
_NO_NAMES = N_("An auditor can read this. It is better to write no names.")
CHOICE = form(
    "keuze",
    RecordDecision,
    asks=_CHOSEN,
    more=_MORE_OF_A_CHOICE,
    icon="handshake",
    intro=N_("What did the client want, what was chosen with whom, and why?"),
    warns=_NO_NAMES,
)
ANOTHER = form(
    "herzien",
    ReviseDecision,
    asks=("revises", *_CHOSEN),
    more=_MORE_OF_A_CHOICE,
    icon="handshake",
    intro=N_("What stood there stays. What you choose now takes its place."),
    warns=_NO_NAMES,
    states="decision/{revises}",
)
LOOK_BACK = form(
    "terugkijken",
    ReviewDecision,
    asks=("decision", "outcome", "learned"),
    more=("review_on", "occurred_on", "late_reason"),
    icon="handshake",
)
COVER = form(
    "vervanging",
    ArrangeCover,
    asks=("person", "starts_on", "ends_on"),
    more=("words", "coach", "organisation"),
    but={
        "person": {"label": N_("Which colleague?")},
        "ends_on": {"label": N_("Until and including which day?")},
    },
    icon="users",
    sees=False,
)
HAND_OVER = form(
    Transfer.NAME,
    Transfer,
    asks=("organisation", "person"),
    more=("occurred_on", "late_reason"),
    but={
        "organisation": {"label": N_("Which organisation goes on?")},
        "person": {"label": N_("Who goes on, if you know?")},
    },
    icon="handshake",
    intro=N_("Who goes on has to be on the team to read along and to take over. Add them first."),
)
TAKE_OVER = form(
    "neem-over",
    ReceiveHandover,
    asks=(),
    more=("giver", "words"),
    icon="handshake",
    intro=N_("You read what was handed over, and take the promises on."),
    save=N_("I take it over"),
)
DISCUSSED = form(
    "overleg",
    NoteTeamDiscussion,
    asks=("text",),
    more=("occurred_on", "late_reason"),
    but={"text": {"label": N_("What was agreed?")}},
    icon="message-circle",
)
MOVE = form(
    "verzet-afspraak",
    MoveWorkAppointment,
    asks=("appointment", "planned_on", "at"),
    more=("minutes", "place", "comes", "about", "late_reason"),
    title=N_("Move an appointment at work"),
    icon="calendar-days",
    save=N_("Move it"),
)
WHY_LOOKED = form(
    AnswerAccessQuestion.NAME,
    AnswerAccessQuestion,
    asks=("question", "words"),
    but={"words": {"label": N_("What do you answer?")}},
    sees=False,
)
FORMS = (
    ANSWER,
    RECOVERY,
    WHY_LOOKED,
    CHOICE,
    ANOTHER,
    LOOK_BACK,
    COVER,
    HAND_OVER,
    TAKE_OVER,
    DISCUSSED,
    MOVE,
)
