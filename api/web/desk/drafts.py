"""What was typed and not saved yet: kept a week for who typed it, as long as they may note it."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import orjson

from api.problems import NOT_FOUND, TOO_LARGE, Problem, not_found
from api.reading.asking import Asking
from api.reading.gate import admit, admitted
from api.web.forms.fields import Typed
from api.web.forms.form import Form
from api.web.forms.posting import MOST_FIELDS
from api.wiring import Services
from domain.language import Text
from domain.policy import may_record
from eventlog.desk import Lying, Place


def keep(services: Services, asking: Asking, form: Form, trajectory: UUID, typed: Typed) -> bool:
    """Keep what was typed instead of what lay there; raises Problem to who may not note it.

    Keeping shows nothing, so it is no look. False for somebody whose key was destroyed.
    """
    _enter(services, replace(asking, view=None), form, trajectory)
    if len(typed) > MOST_FIELDS or _size(typed) > services.settings.body_limit:
        raise _too_large()
    return services.desk.keep(_place(asking, form, trajectory), typed, services.now())


def draft(services: Services, asking: Asking, form: Form, trajectory: UUID) -> Typed | None:
    """Give what was typed; raises Problem to who may not note it any more, and it is gone then."""
    place = _place(asking, form, trajectory)
    try:
        _enter(services, asking, form, trajectory)
    except Problem as problem:
        if problem.kind is NOT_FOUND:
            services.desk.drop(place)
        raise
    return services.desk.draft(place, services.now())


def drop(services: Services, asking: Asking, form: Form, trajectory: UUID) -> bool:
    """Take one's own draft away, when it was saved or is not wanted; says whether there was one."""
    return services.desk.drop(_place(asking, form, trajectory))


def drafts(services: Services, asking: Asking) -> list[Lying]:
    """List one's own drafts in this role, the newest first, without their words.

    It names files and opens none, so it is no look; those of files that are not theirs any more
    are gone.
    """
    person, role = asking.actor.person, asking.actor.role.value
    found = services.desk.drafts(person, role, services.now())
    files = list({each.trajectory for each in found})
    tied = admitted(services, replace(asking, view=None), files) if files else {}
    for each in found:
        if each.trajectory not in tied:
            services.desk.drop(Place(person, role, each.form, each.trajectory))
    return [each for each in found if each.trajectory in tied]


def _enter(services: Services, asking: Asking, form: Form, trajectory: UUID) -> None:
    """Pass the gate of the form: who may not note such a thing finds nothing here."""
    access = admit(services, asking, trajectory)
    if not may_record(access.sight.relation, form.command):
        raise not_found()


def _place(asking: Asking, form: Form, trajectory: UUID) -> Place:
    return Place(asking.actor.person, asking.actor.role.value, form.name, trajectory)


def _size(typed: Typed) -> int:
    return len(orjson.dumps(dict(typed)))


def _too_large() -> Problem:
    text = Text("Dit is te veel tekst om te bewaren.", "This is too much text to keep.")
    return Problem(TOO_LARGE, text)
