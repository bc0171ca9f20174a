"""The forms of the client, in plain words: what is theirs to say, to choose and to stop."""

from __future__ import annotations

from api.web.forms.fields import Field, Shown
from api.web.forms.form import Registers, form
from api.web.texts import N_
from domain.events.permissions import LegalBasis, RecipientKind
from domain.events.team import NetworkShare
from domain.rules.access import QuestionAccess
from domain.rules.people import RegisterPerson
from domain.rules.permissions import GrantPermission, RevokeDisclosure, WithdrawPermission
from domain.rules.protection import ShieldEntry
from domain.rules.sending import SendEntry, StopSendingEntry
from domain.rules.setback import SignalSetback
from domain.rules.support import LeaveInPeace, WelcomeContact
from domain.rules.team import ChooseNetworkShare, InviteNetworkMember, RemoveNetworkMember
from domain.rules.trust import AddClientStatement
from domain.rules.wellbeing import ChooseWellbeingRhythm, ScoreWellbeing, StopWellbeingQuestion

_DATED = ("occurred_on", "late_reason")
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
    intro=N_("For example 2: then we ask every two weeks."),
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
    then="/traject/{id}/gehoord",
    calls=True,
    own=True,
)
WORRIED = form(
    SignalSetback.NAME,
    SignalSetback,
    asks=("words", "would_help"),
    more=("urgency",),
    but={"words": {"label": N_("What do you notice?")}},
    title=N_("Tell the team that it is not going well"),
    icon="footprints",
    save=N_("Tell the team"),
    intro=N_("You need not know what it is. The team reads this and answers."),
    calls=True,
    own=False,
)
IN_PEACE = form(
    "laat-me-met-rust",
    LeaveInPeace,
    asks=("until",),
    icon="home",
    save=N_("Leave me in peace"),
    intro=N_("Until that day nobody calls you, and nobody is reminded to."),
    others={
        "title": N_("Leave the client in peace until"),
        "intro": N_("Until that day nobody calls the client, and nobody is reminded to."),
        "save": "",
    },
    sees=False,
)
WELCOME = form(
    "bel-me-weer",
    WelcomeContact,
    asks=(),
    icon="phone",
    save=N_("You may call me again"),
    intro=N_("From now on your team calls you again, as you agreed."),
    others={
        "title": N_("The client may be called again"),
        "intro": N_("The client wants to be called again. The team is reminded of its promises."),
        "save": "",
    },
    sees=False,
)
STATEMENT = form(
    "mijn-woorden",
    AddClientStatement,
    asks=("text", "about"),
    but={"text": {"label": N_("What would you like to say about it?")}},
    icon="message-circle",
    intro=N_("Your words stand beside it, and stay there."),
)
_ALONG = {"words": {"label": N_("What should they know with it?")}}
SHARE = form(
    "deel",
    SendEntry,
    asks=("entry", "recipient"),
    more=("words", "purpose"),
    but=_ALONG,
    save=N_("Share"),
    sees=False,
    own=True,
)
SHARE_BY_YES = form(
    SendEntry.NAME,
    SendEntry,
    asks=("entry", "recipient", "said_yes_on"),
    more=("words", "purpose"),
    but={
        **_ALONG,
        "said_yes_on": {"required": True, "label": N_("On which day did the client say yes?")},
    },
    title=N_("Share this entry, as the client said yes"),
    save=N_("Share"),
    intro=N_("The client is told of it at once, and can stop it any day."),
    sees=False,
    own=False,
)
STOP_SHARING = form(
    StopSendingEntry.NAME, StopSendingEntry, asks=("sending",), more=_DATED, save=N_("Stop sharing")
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
INVITE = form(
    "nodig-uit",
    InviteNetworkMember,
    asks=("relation", "share"),
    but={"share": {"required": True, "first": NetworkShare.OWN_ACTIONS.value}},
    icon="users",
    save=N_("Invite"),
    intro=N_("You choose how much somebody sees. You can change or stop that any day."),
    sees=False,
    extra={
        "given_name": Field("given_name", Shown.LINE, required=True, label=N_("First name")),
        "family_name": Field("family_name", Shown.LINE, label=N_("Last name")),
    },
    registers=Registers(
        "person",
        RegisterPerson,
        {"given_name": "given_name", "family_name": "family_name"},
        always=True,
    ),
    then="/traject/{id}/mensen",
)
HOW_MUCH = form(
    "hoeveel-iemand-ziet",
    ChooseNetworkShare,
    asks=("person", "share"),
    intro=N_("It changes at once. Nobody gets a message about it."),
    sees=False,
    then="/traject/{id}/mensen",
)
PERMIT = form(
    "toestemming-geven",
    GrantPermission,
    asks=("recipient", "categories", "purpose"),
    more=("until", "recipient_kind", "organisation", "legal_basis", "witnessed_by", "words"),
    but={
        "recipient": {"label": N_("Who may read it?")},
        "categories": {"label": N_("What may they read?")},
        "recipient_kind": {"first": RecipientKind.PERSON.value},
        "legal_basis": {"first": LegalBasis.CONSENT.value},
    },
    icon="shield-check",
    save=N_("Give permission"),
    intro=N_(
        "Who you choose may read this from now on, also what stands there already."
        " You can stop it any day: then they read it no more."
    ),
    others={
        "title": N_("Note a permission"),
        "intro": N_(
            "The client chooses who may read this from now on, also what stands there already."
            " The client can stop it any day."
        ),
        "save": "",
    },
    sees=False,
    then="/traject/{id}/mensen",
)
REMOVE = form(
    RemoveNetworkMember.NAME,
    RemoveNetworkMember,
    asks=("person",),
    more=_DATED,
    title=N_("Stop reading along"),
    save=N_("Stop reading along"),
)
WITHDRAW = form(
    WithdrawPermission.NAME,
    WithdrawPermission,
    asks=("permission",),
    more=_DATED,
    save=N_("Take this permission back"),
)
REVOKE = form(
    RevokeDisclosure.NAME,
    RevokeDisclosure,
    asks=("disclosure",),
    more=_DATED,
    save=N_("Stop this agreement"),
)
SHIELD = form(
    "shield-entry",
    ShieldEntry,
    asks=("entry",),
    more=("reason",),
    icon="lock",
    save=N_("Shield it"),
    intro=N_("Then only the client and whoever wrote it still see it. It can be undone."),
    sees=False,
)
OWN = (NOT_WELL, HOW_IT_GOES, STATEMENT, IN_PEACE, INVITE, PERMIT)
"""What is most theirs to say, to choose and to ask."""
FORMS = (
    *(HOW_IT_GOES, LESS_OFTEN, STOP_ASKING, NOT_WELL, WORRIED, IN_PEACE, WELCOME),
    *(SHARE, SHARE_BY_YES, STOP_SHARING),
    *(STATEMENT, SHIELD, SURPRISED, INVITE, HOW_MUCH, PERMIT, REMOVE, WITHDRAW, REVOKE),
)
