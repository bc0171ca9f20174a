"""What a form begins with: what stands now, where it is stated anew, and what was used last."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from api.reading.gate import Access
from api.reading.moment import NOW
from api.reading.timeline import timeline
from api.web.forms.fields import Field, Typed, typed_as
from api.web.forms.form import Form
from api.wiring import Services
from domain.events.base import Category

_LAST = 30
"""So many entries are looked through for what was used last."""
_WITH_EMPLOYERS = frozenset(
    each.value for each in (Category.SEARCH, Category.JOB, Category.SUPPORT)
)


def begins_with(
    services: Services, access: Access, about: Mapping[str, Any], form: Form, given: Typed
) -> dict[str, str]:
    """Give what stands in a form before anybody typed; `about` is the state as its reader sees it.

    `given`: what the address names.
    """
    found = _standing(about, form, given) if form.states else {}
    if form.recalls:
        found |= _last_used(services, access, form.recalls)
    return found


def _standing(about: Mapping[str, Any], form: Form, given: Typed) -> dict[str, str]:
    """Give what stands in the slot that the form fills; what is left out of it would be lost."""
    slot = form.states
    for name, value in given.items():
        slot = slot.replace(f"{{{name}}}", value)
    for each in about["standing"]:
        if each["slot"] == slot:
            held = {**each["fields"], **each["text"]}
            asked: tuple[Field, ...] = (*form.asks, *form.more)
            return {
                name: text
                for field in asked
                if field.name in held and field.name not in _OF_THE_DAY
                for name, text in typed_as(field, held[field.name]).items()
            }
    return {}


_OF_THE_DAY = frozenset({"occurred_on", "late_reason", "review_on"})
"""What is said from the moment of noting on, each time again."""


def _last_used(services: Services, access: Access, field: str) -> dict[str, str]:
    """Give the employer of the last entry that names one."""
    page = timeline(services, access, at=NOW, limit=_LAST, categories=_WITH_EMPLOYERS)
    used = (each["fields"].get(field) for each in page["entries"])
    return next(({field: str(each)} for each in used if each is not None), {})
