"""How many took part in peer groups is counted over all groups, everybody once."""

from __future__ import annotations

from datetime import date

import pytest

from domain.events.base import Category
from domain.events.peer_group import (
    PeerGroupStarted,
    PeerInvited,
    PeerJoined,
    PeerLeft,
    PeerSessionHeld,
    PeerTrainingGiven,
)
from domain.outcomes.groups import Met, met
from domain.outcomes.period import Period
from domain.policy import told_of
from domain.roles import Role
from tests.spec import an_id

ANNE, BERT, COR = an_id("Anne"), an_id("Bert"), an_id("Cor")
SPRING = Period(date(2026, 1, 1), date(2026, 3, 31))
BEFORE, FIRST, DURING, LAST, AFTER = (
    *(date(2025, 12, 31), date(2026, 1, 1), date(2026, 2, 2)),
    *(date(2026, 3, 31), date(2026, 4, 1)),
)


def started(on=BEFORE, **more):
    return PeerGroupStarted(occurred_on=on, name="Samen", **more)


def joined(who, on=BEFORE):
    return PeerJoined(occurred_on=on, person=who)


def left(who, on):
    return PeerLeft(occurred_on=on, person=who)


def held(on):
    return PeerSessionHeld(occurred_on=on, session=an_id(str(on)), came=(ANNE, COR))


def test_everybody_counts_once_over_all_groups():
    one = [started(person=ANNE), joined(BERT), held(DURING), held(FIRST), held(LAST)]
    other = [started(), joined(ANNE, DURING), joined(COR, LAST), held(DURING)]
    assert met([one, other], SPRING) == Met(groups=2, sessions=4, participants=3)
    assert met([], SPRING) == Met()


@pytest.mark.parametrize(
    ("events", "there"),
    [
        ([joined(BERT, LAST)], True),
        ([joined(BERT, AFTER)], False),
        ([joined(BERT), left(BERT, FIRST)], True),
        ([joined(BERT), left(BERT, BEFORE)], False),
        ([joined(BERT), left(BERT, BEFORE), joined(BERT, DURING)], True),
        ([joined(BERT, DURING), joined(BERT, AFTER)], True),
        ([PeerInvited(occurred_on=DURING, person=BERT), left(BERT, DURING)], False),
    ],
)
def test_who_was_there_on_a_day_of_the_period_took_part(events, there):
    found = met([[started(), *events]], SPRING)
    assert found == Met(groups=int(there), participants=int(there))
    assert met([[started(), *events]], Period(None, date(2027, 1, 1))).groups == int(
        any(isinstance(each, PeerJoined) for each in events)
    )


def test_sessions_count_in_the_period_and_trainings_are_none():
    training = PeerTrainingGiven(
        occurred_on=DURING, training=an_id("training"), person=ANNE, topic="brieven"
    )
    group = [started(), joined(ANNE), held(BEFORE), held(FIRST), held(LAST), held(AFTER), training]
    assert met([group], SPRING).sessions == 2


def test_they_are_told_to_who_reads_of_groups_or_is_told_counts_of_them():
    told = {role for role in Role if told_of(role, Category.PEER_GROUP)}
    assert told == {Role.JOB_COACH, Role.PEER, Role.AUDITOR, Role.PRIVACY_OFFICER}
