"""The forms about an employer itself: what it is called, where it is, and whom to ask for."""

from __future__ import annotations

from api.web.forms.fields import Field, Shown
from api.web.forms.form import form
from api.web.texts import N_
from domain.rules.employer import ChangeEmployerDetails, RegisterEmployer
from domain.rules.people import RegisterPerson

_CALLED = {
    "name": {"label": N_("What is the employer called?")},
    "place": {"label": N_("In which town?")},
}
FUNCTION = "function"
"""What a contact person does there; said of the employer, and not of the person."""
NEW = form(
    "nieuw",
    RegisterEmployer,
    asks=("name", "place", "branch"),
    but=_CALLED,
    title=N_("Note an employer"),
    intro=N_("Look first whether it is there already."),
)
DETAILS = form(
    "gegevens",
    ChangeEmployerDetails,
    asks=("name", "place", "branch"),
    but=_CALLED,
    title=N_("Change the details"),
)
CONTACT_PERSON = form(
    "contactpersoon",
    RegisterPerson,
    asks=("given_name", "family_name"),
    more=("somebody_else",),
    title=N_("Note a contact person"),
    intro=N_("Tell them that they stand here. They read what was agreed about work there."),
    extra={FUNCTION: Field(FUNCTION, Shown.LINE, label=N_("What do they do there?"))},
)
