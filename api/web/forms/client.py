"""The forms of the client, in plain words: what is theirs to say, to choose and to stop."""

from __future__ import annotations

from api.web.forms.fields import Shown
from api.web.forms.form import form
from api.web.texts import N_
from domain.rules.access import QuestionAccess
from domain.rules.sending import SendEntry
from domain.rules.setback import SignalSetback
from domain.rules.support import LeaveInPeace, WelcomeContact
from domain.rules.trust import AddClientStatement
from domain.rules.wellbeing import ChooseWellbeingRhythm, ScoreWellbeing, StopWellbeingQuestion

HOW_IT_GOES = form(
    "hoe-gaat-het",
    ScoreWellbeing,
    asks=("score", "words"),
    but={"score": {"shown": Shown.SCALE}, "words": {"label": N_("Would you like to say more?")}},
    icon="sun",
    intro=N_("You choose whether you answer. Nothing happens when you do not."),
)
LESS_OFTEN = form(
    "minder-vaak-vragen",
    ChooseWellbeingRhythm,
    asks=("every_weeks",),
    sees=False,
)
STOP_ASKING = form(
    "niet-meer-vragen",
    StopWellbeingQuestion,
    asks=(),
    save=N_("Stop asking me"),
    intro=N_("We no longer ask how it is going. You can always start again."),
    sees=False,
)
NOT_WELL = form(
    "even-niet-goed",
    SignalSetback,
    asks=("words", "would_help", "wants_reader", "urgency"),
    but={"words": {"label": N_("Would you like to say what is going on?")}},
    icon="footprints",
    save=N_("Tell my team"),
    intro=N_("You may leave everything empty. Telling us is enough. Nothing else changes by it."),
)
IN_PEACE = form(
    "laat-me-met-rust",
    LeaveInPeace,
    asks=("until",),
    icon="home",
    save=N_("Leave me in peace"),
    intro=N_("Until that day nobody calls you, and nobody is reminded to."),
    sees=False,
)
WELCOME = form(
    "bel-me-weer",
    WelcomeContact,
    asks=(),
    save=N_("You may call me again"),
    sees=False,
)
STATEMENT = form(
    "mijn-woorden",
    AddClientStatement,
    asks=("text", "about"),
    but={"text": {"label": N_("What would you like to say about it?")}},
    intro=N_("Your words stand beside it, and stay there."),
)
SHARE = form(
    "deel",
    SendEntry,
    asks=("entry", "recipient"),
    more=("words", "purpose"),
    but={"words": {"label": N_("What should they know with it?")}},
    save=N_("Share"),
    sees=False,
)
SURPRISED = form(
    "dit-verbaast-mij",
    QuestionAccess,
    asks=("day", "words"),
    more=("role", "organisation"),
    but={"words": {"label": N_("What surprises you?")}},
    intro=N_("Whoever guards the privacy reads this."),
    sees=False,
)
FORMS = (
    *(HOW_IT_GOES, LESS_OFTEN, STOP_ASKING, NOT_WELL, IN_PEACE, WELCOME),
    *(STATEMENT, SHARE, SURPRISED),
)
