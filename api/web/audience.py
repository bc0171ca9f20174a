"""Says beside a form who will see what is noted, from the same matrix that the reads ask."""

from __future__ import annotations

from api.reading.gate import Access
from api.web.texts import N_
from domain.events.base import Category, Kind
from domain.policy import Ground, cell
from domain.roles import Role

_ASKED = (Role.CLIENT, Role.JOB_COACH, Role.CARE_WORKER, Role.NETWORK_MEMBER, Role.EMPLOYER)


def audience(access: Access, category: Category) -> list[tuple[Role, str]]:
    """Say per role, in a text yet to translate, what it will see of such an entry.

    That clients see their own file need not be said to them.
    """
    outside = access.sight.relation.outside
    others = [each for each in _ASKED if each is not Role.CLIENT or access.person != access.client]
    return [(role, _seen(role, category, outside=outside)) for role in others]


def _seen(role: Role, category: Category, *, outside: bool) -> str:
    found = cell(role, category, outside=outside)
    fact, words = found.grounds(Kind.FACT), found.grounds(Kind.WORDS)
    if Ground.ALWAYS in fact and found.limit is None:
        return _with_fact(words)
    if Ground.OWN_JOB in fact:
        return N_("only what was agreed about that job")
    if Ground.PERMISSION in fact:
        if Ground.PERMISSION in words:
            return N_("only with permission")
        return N_("with permission that it was, never the text")
    return N_("does not see this")


def _with_fact(words: frozenset[Ground]) -> str:
    if Ground.ALWAYS in words:
        return N_("reads all of it")
    if Ground.PERMISSION in words:
        return N_("sees that it was; the text only with permission")
    return N_("sees that it was, not the text")
