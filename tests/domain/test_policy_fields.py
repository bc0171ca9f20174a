"""Which fields of an entry are seen with which kinds of fields and limits."""

from __future__ import annotations

from domain.events import BY_TYPE
from domain.events.base import Kind
from domain.events.people import PersonRegistered
from domain.events.support import SupportContact
from domain.policy import LISTED, Limit, visible_fields


def test_words_without_a_fact_are_not_seen_and_a_name_alone_is():
    assert visible_fields(PersonRegistered, frozenset({Kind.GIVEN})) == {"given_name"}
    assert visible_fields(PersonRegistered, frozenset({Kind.FAMILY})) == {"family_name"}
    for kinds in ({Kind.WORDS, Kind.HEALTH, Kind.CONTACT}, set()):
        assert visible_fields(SupportContact, frozenset(kinds)) == frozenset()


def test_what_is_limited_twice_shows_what_both_lists_have():
    both = frozenset({Kind.FACT, Limit.ENDED_JOB, Limit.CARE_FIRST})
    for name in (*LISTED[Limit.ENDED_JOB], *LISTED[Limit.CARE_FIRST]):
        assert visible_fields(BY_TYPE[name], both) == frozenset()
