"""The forms of a coach's day, in the order and with the words in which a coach thinks."""

from __future__ import annotations

from api.web.forms.fields import Field, Shown
from api.web.forms.form import Form, ask
from api.web.texts import N_
from domain.events.search import Mode
from domain.events.support import WithWhom
from domain.rules.placement import ChangeHours, EndPlacement, LogPlacement
from domain.rules.search import LogEmployerContact
from domain.rules.support import LogContact

NEW_EMPLOYER = "employer_name"
"""The name of an employer that is not in the list."""

_WITH_WHOM = {
    WithWhom.CLIENT: "user-round",
    WithWhom.EMPLOYER: "building-2",
    WithWhom.BOTH: "handshake",
    WithWhom.FAMILY: "users",
    WithWhom.COLLEAGUE: "briefcase",
}
_HOW = {
    Mode.ON_SITE: "building-2",
    Mode.WALK: "footprints",
    Mode.HOME: "home",
    Mode.OFFICE: "briefcase",
    Mode.PHONE: "phone",
    Mode.CHAT: "message-circle",
    Mode.VIDEO: "eye",
    Mode.MAIL: "mail",
    Mode.ELSEWHERE: "route",
}
_KIND = {
    "job": "briefcase",
    "trial": "sparkles",
    "volunteering": "handshake",
    "sheltered": "building-2",
}
_TILES = {"shown": Shown.TILES, "offers": tuple(_HOW), "icons": _HOW}

CONTACT = Form(
    "contact",
    LogContact,
    asks=(
        ask(
            LogContact,
            "with_whom",
            shown=Shown.TILES,
            offers=tuple(_WITH_WHOM),
            icons=_WITH_WHOM,
        ),
        ask(LogContact, "mode", **_TILES),
        ask(LogContact, "worked_out"),
        ask(LogContact, "text"),
    ),
    more=(
        ask(LogContact, "occurred_on"),
        ask(LogContact, "support_type"),
        ask(LogContact, "location"),
        ask(LogContact, "employer"),
        ask(LogContact, "placement"),
        ask(LogContact, "minutes"),
        ask(LogContact, "joint"),
        ask(LogContact, "network"),
        ask(LogContact, "in_confidence"),
        ask(LogContact, "late_reason"),
    ),
)
NO_ANSWER = Form(
    "geen-gehoor",
    LogContact,
    asks=(),
    more=(ask(LogContact, "text"), ask(LogContact, "occurred_on"), ask(LogContact, "late_reason")),
    title=N_("No answer"),
    intro=N_("You called and nobody answered. It is noted as an attempt of ours."),
    fixed={"mode": Mode.PHONE.value, "worked_out": False},
)
EMPLOYER_CONTACT = Form(
    "werkgevercontact",
    LogEmployerContact,
    asks=(
        ask(LogEmployerContact, "employer"),
        ask(LogEmployerContact, "mode", **_TILES),
        ask(LogEmployerContact, "result"),
        ask(LogEmployerContact, "words", label=N_("Short note")),
    ),
    more=(
        ask(LogEmployerContact, "purpose"),
        ask(LogEmployerContact, "client_specific"),
        ask(LogEmployerContact, "client_present"),
        ask(LogEmployerContact, "lead"),
        ask(LogEmployerContact, "occurred_on"),
        ask(LogEmployerContact, "late_reason"),
    ),
)
PLACEMENT = Form(
    "plaatsing",
    LogPlacement,
    icon="sparkles",
    asks=(
        ask(LogPlacement, "kind", icons=_KIND),
        ask(LogPlacement, "employer"),
        ask(LogPlacement, "title"),
        ask(LogPlacement, "starts_on"),
        ask(LogPlacement, "hours_per_week"),
    ),
    more=(
        ask(LogPlacement, "tasks"),
        ask(LogPlacement, "days"),
        ask(LogPlacement, "contract"),
        ask(LogPlacement, "approved_by", shown=Shown.CHOICE),
        ask(LogPlacement, "ends_on"),
        ask(LogPlacement, "paid"),
        ask(LogPlacement, "pay_at_least_minimum"),
        ask(LogPlacement, "open_to_anyone"),
        ask(LogPlacement, "set_aside_for_target_group"),
        ask(LogPlacement, "artificial_time_limit"),
        ask(LogPlacement, "employer_of_record"),
        ask(LogPlacement, "late_reason"),
    ),
    extra={
        NEW_EMPLOYER: Field(NEW_EMPLOYER, Shown.LINE, label=N_("Not in the list? Its name")),
    },
)
JOB_END = Form(
    "werk-gestopt",
    EndPlacement,
    asks=(
        ask(EndPlacement, "placement"),
        ask(EndPlacement, "reason"),
        ask(EndPlacement, "lessons"),
    ),
    more=(
        ask(EndPlacement, "result"),
        ask(EndPlacement, "occurred_on"),
        ask(EndPlacement, "late_reason"),
    ),
)
HOURS = Form(
    "uren",
    ChangeHours,
    asks=(
        ask(ChangeHours, "placement"),
        ask(ChangeHours, "hours_per_week"),
        ask(ChangeHours, "starts_on"),
        ask(ChangeHours, "wish"),
    ),
    more=(ask(ChangeHours, "late_reason"),),
)
FORMS = (CONTACT, NO_ANSWER, EMPLOYER_CONTACT, PLACEMENT, JOB_END, HOURS)
