"""Says beside a form who will see what is noted, from the same matrix that the reads ask."""

from __future__ import annotations

from api.reading.gate import Access
from domain.events.base import Category, Kind
from domain.policy import Ground, cell
from domain.roles import Role

_ASKED = (Role.CLIENT, Role.JOB_COACH, Role.CARE_WORKER, Role.NETWORK_MEMBER, Role.EMPLOYER)


def audience(access: Access, category: Category) -> list[tuple[Role, str]]:
    """Name per role, by its text in the catalogue, what it will see of such an entry."""
    outside = access.sight.relation.outside
    return [(role, _seen(role, category, outside=outside)) for role in _ASKED]


def _seen(role: Role, category: Category, *, outside: bool) -> str:
    found = cell(role, category, outside=outside)
    fact, words = found.grounds(Kind.FACT), found.grounds(Kind.WORDS)
    if Ground.ALWAYS in fact and found.limit is None:
        return _with_fact(words)
    if Ground.OWN_JOB in fact:
        return "sees_own_job"
    if Ground.PERMISSION in fact:
        return "sees_permission" if Ground.PERMISSION in words else "sees_fact_permission"
    return "sees_nothing"


def _with_fact(words: frozenset[Ground]) -> str:
    if Ground.ALWAYS in words:
        return "sees_all"
    return "sees_fact_words_permission" if Ground.PERMISSION in words else "sees_fact"
