"""The forms of the client, in plain words: what is theirs to say, to choose and to stop."""

from __future__ import annotations

from api.web.forms.fields import Shown
from api.web.forms.form import Form, ask
from api.web.texts import N_
from domain.rules.access import QuestionAccess
from domain.rules.sending import SendEntry
from domain.rules.setback import SignalSetback
from domain.rules.support import LeaveInPeace, WelcomeContact
from domain.rules.trust import AddClientStatement
from domain.rules.wellbeing import ChooseWellbeingRhythm, ScoreWellbeing, StopWellbeingQuestion

HOW_IT_GOES = Form(
    "hoe-gaat-het",
    ScoreWellbeing,
    icon="sun",
    asks=(
        ask(ScoreWellbeing, "score", shown=Shown.SCALE),
        ask(ScoreWellbeing, "words", label=N_("Would you like to say more?")),
    ),
    intro=N_("You choose whether you answer. Nothing happens when you do not."),
)
LESS_OFTEN = Form(
    "minder-vaak-vragen",
    ChooseWellbeingRhythm,
    asks=(ask(ChooseWellbeingRhythm, "every_weeks"),),
    sees=False,
)
STOP_ASKING = Form(
    "niet-meer-vragen",
    StopWellbeingQuestion,
    asks=(),
    save=N_("Stop asking me"),
    intro=N_("We no longer ask how it is going. You can always start again."),
    sees=False,
)
NOT_WELL = Form(
    "even-niet-goed",
    SignalSetback,
    icon="footprints",
    asks=(
        ask(SignalSetback, "words", label=N_("Would you like to say what is going on?")),
        ask(SignalSetback, "would_help"),
        ask(SignalSetback, "wants_reader"),
        ask(SignalSetback, "urgency"),
    ),
    save=N_("Tell my team"),
    intro=N_("You may leave everything empty. Telling us is enough. Nothing else changes by it."),
)
IN_PEACE = Form(
    "laat-me-met-rust",
    LeaveInPeace,
    icon="home",
    asks=(ask(LeaveInPeace, "until"),),
    save=N_("Leave me in peace"),
    intro=N_("Until that day nobody calls you, and nobody is reminded to."),
    sees=False,
)
WELCOME = Form(
    "bel-me-weer",
    WelcomeContact,
    asks=(),
    save=N_("You may call me again"),
    sees=False,
)
STATEMENT = Form(
    "mijn-woorden",
    AddClientStatement,
    asks=(
        ask(AddClientStatement, "text", label=N_("What would you like to say about it?")),
        ask(AddClientStatement, "about"),
    ),
    intro=N_("Your words stand beside it, and stay there."),
)
SHARE = Form(
    "deel",
    SendEntry,
    asks=(
        ask(SendEntry, "entry"),
        ask(SendEntry, "recipient"),
    ),
    more=(
        ask(SendEntry, "words", label=N_("What should they know with it?")),
        ask(SendEntry, "purpose"),
    ),
    save=N_("Share"),
    sees=False,
)
SURPRISED = Form(
    "dit-verbaast-mij",
    QuestionAccess,
    asks=(
        ask(QuestionAccess, "day"),
        ask(QuestionAccess, "words", label=N_("What surprises you?")),
    ),
    more=(ask(QuestionAccess, "role"), ask(QuestionAccess, "organisation")),
    intro=N_("Whoever guards the privacy reads this."),
    sees=False,
)
FORMS = (
    *(HOW_IT_GOES, LESS_OFTEN, STOP_ASKING, NOT_WELL, IN_PEACE, WELCOME),
    *(STATEMENT, SHARE, SURPRISED),
)
