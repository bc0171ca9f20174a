"""The forms of the team around a client: answers, choices on trust, standing in."""

from __future__ import annotations

from api.web.forms.form import Form, ask
from api.web.texts import N_
from domain.rules.course import ReceiveHandover
from domain.rules.cover import ArrangeCover
from domain.rules.setback import AnswerSetback, NoteRecovery
from domain.rules.trust import RecordDecision, ReviewDecision

ANSWER = Form(
    "reageer",
    AnswerSetback,
    asks=(ask(AnswerSetback, "setback"), ask(AnswerSetback, "agreed_help")),
    more=(
        ask(AnswerSetback, "in_confidence"),
        ask(AnswerSetback, "occurred_on"),
        ask(AnswerSetback, "late_reason"),
    ),
)
RECOVERY = Form(
    "gaat-beter",
    NoteRecovery,
    asks=(ask(NoteRecovery, "setback"), ask(NoteRecovery, "words")),
    more=(ask(NoteRecovery, "occurred_on"), ask(NoteRecovery, "late_reason")),
)
CHOICE = Form(
    "keuze",
    RecordDecision,
    asks=tuple(
        ask(RecordDecision, name)
        for name in ("question", "client_want", "choice", "rationale", "review_on")
    ),
    more=tuple(
        ask(RecordDecision, name)
        for name in (
            *("client_words_by", "desired_effect", "safety_net", "risk_accepted"),
            *("consequences_short", "consequences_long", "legal_check", "formal_decision_ref"),
            *("occurred_on", "late_reason"),
        )
    ),
    intro=N_("What did the client want, what was chosen with whom, and why?"),
)
LOOK_BACK = Form(
    "terugkijken",
    ReviewDecision,
    asks=tuple(ask(ReviewDecision, name) for name in ("decision", "outcome", "learned")),
    more=tuple(ask(ReviewDecision, name) for name in ("review_on", "occurred_on", "late_reason")),
)
COVER = Form(
    "vervanging",
    ArrangeCover,
    asks=tuple(ask(ArrangeCover, name) for name in ("person", "starts_on", "ends_on")),
    more=tuple(ask(ArrangeCover, name) for name in ("words", "coach", "organisation")),
    sees=False,
)
TAKE_OVER = Form(
    "neem-over",
    ReceiveHandover,
    asks=(),
    more=tuple(ask(ReceiveHandover, name) for name in ("giver", "words")),
    intro=N_("You read what was handed over, and take the promises on."),
    save=N_("I take it over"),
)
FORMS = (ANSWER, RECOVERY, CHOICE, LOOK_BACK, COVER, TAKE_OVER)
