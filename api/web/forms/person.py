"""The forms about a person themselves, in no file: how they are reached, and who comes in."""

from __future__ import annotations

from api.web.forms.form import form
from api.web.texts import N_
from domain.rules.people import ChangeContactDetails

NUMBER = form(
    "telefoonnummer",
    ChangeContactDetails,
    asks=("phone",),
    title=N_("Change the telephone number"),
    intro=N_("Is there no number? Then leave it empty."),
    sees=False,
)
