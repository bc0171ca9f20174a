"""The forms of a coach's day, in the order and with the words in which a coach thinks."""

from __future__ import annotations

from api.web.forms.fields import Field, Shown
from api.web.forms.form import Registers, form
from api.web.texts import N_
from domain.events.search import Mode
from domain.events.support import WithWhom
from domain.rules.employer import RegisterEmployer
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

CONTACT = form(
    "contact",
    LogContact,
    asks=("with_whom", "mode", "worked_out", "text"),
    more=(
        "occurred_on",
        "support_type",
        "location",
        "employer",
        "placement",
        "minutes",
        "joint",
        "network",
        "in_confidence",
        "late_reason",
    ),
    but={
        "with_whom": {"shown": Shown.TILES, "offers": tuple(_WITH_WHOM), "icons": _WITH_WHOM},
        "mode": _TILES,
    },
)
NO_ANSWER = form(
    "geen-gehoor",
    LogContact,
    asks=(),
    more=("text", "occurred_on", "late_reason"),
    title=N_("No answer"),
    icon="phone",
    intro=N_("You called and nobody answered. It is noted as an attempt of ours."),
    fixed={"mode": Mode.PHONE.value, "worked_out": False},
)
EMPLOYER_CONTACT = form(
    "werkgevercontact",
    LogEmployerContact,
    asks=("employer", "mode", "result", "words"),
    more=("purpose", "client_specific", "client_present", "lead", "occurred_on", "late_reason"),
    but={"mode": _TILES, "words": {"label": N_("Short note")}},
    title=N_("Contact with an employer"),
    icon="building-2",
    recalls="employer",
)
EMPLOYER_TALK = form(
    "werkgever-gesproken",
    LogContact,
    asks=("placement", "mode", "worked_out", "text"),
    more=("support_type", "location", "minutes", "in_confidence", "occurred_on", "late_reason"),
    but={"mode": _TILES, "placement": {"required": True}},
    title=N_("Contact with the employer"),
    icon="building-2",
    fixed={"with_whom": WithWhom.EMPLOYER.value},
    now=True,
)
NO_ANSWER_EMPLOYER = form(
    "werkgever-geen-gehoor",
    LogContact,
    asks=("placement",),
    more=("text", "occurred_on", "late_reason"),
    but={"placement": {"required": True}},
    title=N_("No answer from the employer"),
    icon="phone",
    intro=N_("You called and nobody answered. It is noted as an attempt of ours."),
    fixed={
        "mode": Mode.PHONE.value,
        "with_whom": WithWhom.EMPLOYER.value,
        "worked_out": False,
    },
    now=True,
)
PLACEMENT = form(
    "plaatsing",
    LogPlacement,
    asks=("kind", "employer", "title", "starts_on", "hours_per_week"),
    more=(
        "tasks",
        "days",
        "contract",
        "approved_by",
        "ends_on",
        "paid",
        "pay_at_least_minimum",
        "open_to_anyone",
        "set_aside_for_target_group",
        "artificial_time_limit",
        "employer_of_record",
        "late_reason",
    ),
    but={"kind": {"icons": _KIND}, "approved_by": {"shown": Shown.CHOICE}},
    icon="sparkles",
    extra={NEW_EMPLOYER: Field(NEW_EMPLOYER, Shown.LINE, label=N_("Not in the list? Its name"))},
    registers=Registers("employer", RegisterEmployer, {NEW_EMPLOYER: "name"}),
)
JOB_END = form(
    "werk-gestopt",
    EndPlacement,
    asks=("placement", "reason", "lessons"),
    more=("result", "occurred_on", "late_reason"),
    icon="briefcase",
)
HOURS = form(
    "uren",
    ChangeHours,
    asks=("placement", "hours_per_week", "starts_on", "wish"),
    more=("late_reason",),
    icon="clock",
)
FORMS = (
    *(CONTACT, NO_ANSWER, EMPLOYER_CONTACT, EMPLOYER_TALK, NO_ANSWER_EMPLOYER),
    *(PLACEMENT, JOB_END, HOURS),
)
