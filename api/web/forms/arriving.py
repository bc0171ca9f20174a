"""The forms by which somebody new comes in: first a look whether they are known, then the file."""

from __future__ import annotations

from dataclasses import replace

from api.web.forms.fields import fields_of
from api.web.forms.form import Form, form
from api.web.texts import N_
from domain.rules.people import RegisterPerson
from domain.rules.referral import Refer

_KNOWN = fields_of(RegisterPerson)
_TAKES = {"label": N_("Who goes on with them?")}
LOOK = Form(
    "nieuw",
    RegisterPerson,
    tuple(_KNOWN[name].but(required=True) for name in ("family_name", "birth_year")),
    title=N_("Somebody new"),
    save=N_("Look first"),
    intro=N_("First look whether this person is among your own people already."),
)
TAKEN_IN = form(
    "dossier",
    Refer,
    asks=("channel",),
    more=("location", "received_by", "occurred_on", "late_reason", "somebody_else"),
    but={"received_by": {"label": N_("Who goes on with them? You, if you leave this empty")}},
    title=N_("Begin a new file"),
    save=N_("Begin the file"),
    extra={name: _KNOWN[name] for name in ("given_name", "family_name", "birth_year", "phone")},
)
"""For who takes somebody in themselves."""
REFERRED = replace(
    form(
        TAKEN_IN.name,
        Refer,
        asks=("channel", "received_by"),
        more=("location", "occurred_on", "late_reason", "somebody_else"),
        but={"received_by": {**_TAKES, "required": True}},
        title=TAKEN_IN.title,
        save=TAKEN_IN.save,
    ),
    extra=TAKEN_IN.extra,
)
"""For who refers somebody to another."""
