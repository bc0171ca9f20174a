"""What was promised and what was shared, held to what was done: by a machine, for an auditor."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest

from domain.checked import CheckName, Entered, Shared
from domain.checks import checks
from domain.events.base import Category, Event
from domain.events.course import DoorLeftOpen, Paused, ReEntered, Wish
from domain.events.permissions import (
    EntrySendingStopped,
    EntrySent,
    LegalBasis,
    MandateEnded,
    MandateKind,
    MandateNoted,
    PermissionGranted,
    PermissionWithdrawn,
    Purpose,
    RecipientKind,
)
from domain.events.referral import Channel, ProgrammeEntered
from domain.events.search import Mode
from domain.events.setback import RecoveryNoted, SetbackAnswered, SetbackSignalled, SignalledBy
from domain.events.support import (
    ContactRhythmAgreed,
    LeftInPeace,
    OutreachAttempted,
    RhythmChoice,
    Towards,
)
from domain.outcomes import alone
from domain.rhythm import answer_due
from domain.roles import Role
from tests.domain.checking import found, holds, one, talk
from tests.domain.histories import CLOSED, REFERRED
from tests.spec import TODAY, an_id

FRIDAY = date(2026, 1, 9)
FIRST, LAST = date(2026, 2, 2), date(2026, 2, 27)
MAY = an_id("permission")


def permitted(until: date | None = None) -> PermissionGranted:
    return PermissionGranted(
        occurred_on=FIRST,
        permission=MAY,
        recipient=an_id("broker"),
        recipient_kind=RecipientKind.PERSON,
        purpose=Purpose.FIND_WORK,
        categories=(Category.SEARCH,),
        legal_basis=LegalBasis.CONSENT,
        until=until,
    )


def shared(*days: date, by: UUID = MAY, until: date | None = None, back: date | None = None):
    """Say whether what was read on these days was read by right, and what proves it."""
    entries = [Entered(an_id("0"), permitted(until), FIRST)]
    if back is not None:
        taken = PermissionWithdrawn(occurred_on=back, permission=MAY)
        entries.append(Entered(an_id("1"), taken, back))
    read = [Shared(by, day) for day in days]
    (check,) = (e for e in checks(entries, TODAY, read) if e.category is Category.PERMISSIONS)
    assert check.name is CheckName.SHARED_BY_PERMISSION
    return check.holds, check.entries


def test_what_was_read_by_a_permission_was_read_while_it_was_in_force():
    before, after = FIRST - timedelta(days=1), LAST + timedelta(days=1)
    assert shared() == (None, (an_id("0"),))
    assert shared(FIRST, by=an_id("another"))[0] is None
    assert shared(FIRST, TODAY)[0] is True
    assert shared(FIRST, before)[0] is False
    assert shared(FIRST, LAST, until=LAST)[0] is True
    assert shared(after, until=LAST)[0] is False
    assert shared(LAST, back=LAST) == (True, (an_id("0"), an_id("1")))
    assert shared(after, back=LAST)[0] is False
    assert shared(after, back=LAST, until=TODAY)[0] is False


@pytest.mark.parametrize(
    ("begun", "ended"),
    [
        (
            MandateNoted(
                occurred_on=FIRST,
                mandate=MAY,
                person=an_id("Truus"),
                kind=MandateKind.POWER_OF_ATTORNEY,
                categories=(Category.SUPPORT,),
                legal_basis=LegalBasis.CONSENT,
            ),
            MandateEnded(occurred_on=LAST, mandate=MAY),
        ),
        (
            EntrySent(
                occurred_on=FIRST,
                sending=MAY,
                entry=an_id("entry"),
                reader=an_id("Ank"),
                role=Role.CLIENT_MANAGER,
            ),
            EntrySendingStopped(occurred_on=LAST, sending=MAY, entry=an_id("entry")),
        ),
    ],
)
def test_so_is_what_was_read_by_a_mandate_or_because_the_client_sent_it(begun, ended):
    told = [Entered(an_id("0"), begun, FIRST), Entered(an_id("1"), ended, LAST)]

    def read(*days: date):
        (check,) = checks(told, TODAY, [Shared(MAY, day) for day in days])
        return check.name, check.holds, check.entries

    proof = (an_id("0"), an_id("1"))
    assert read() == (CheckName.SHARED_BY_PERMISSION, None, proof)
    assert read(FIRST, LAST) == (CheckName.SHARED_BY_PERMISSION, True, proof)
    assert read(FIRST, LAST + timedelta(days=1))[1] is False
    assert read(FIRST - timedelta(days=1))[1] is False


def signalled() -> SetbackSignalled:
    return SetbackSignalled(occurred_on=FRIDAY, setback=an_id("s"), by=SignalledBy.CLIENT)


def test_a_signal_is_answered_by_the_next_working_day_as_was_promised():
    monday = FRIDAY + timedelta(days=3)
    assert answer_due(FRIDAY) == monday

    def answered(day: date) -> SetbackAnswered:
        return SetbackAnswered(occurred_on=day, note=an_id("n"), setback=an_id("s"))

    assert one(CheckName.ANSWERED, signalled(), answered(monday)) == (
        True,
        {an_id("0"), an_id("1")},
    )
    assert holds(CheckName.ANSWERED, signalled(), answered(monday + timedelta(days=1))) is False
    assert holds(CheckName.ANSWERED, signalled(), today=monday) is None
    assert holds(CheckName.ANSWERED, signalled(), today=monday + timedelta(days=1)) is False
    late = RecoveryNoted(occurred_on=monday + timedelta(days=1), setback=an_id("s"))
    assert holds(CheckName.ANSWERED, signalled(), late) is False
    better = RecoveryNoted(occurred_on=FRIDAY, setback=an_id("s"))
    assert holds(CheckName.ANSWERED, signalled(), better) is None


def months(*events: Event, today: date = date(2025, 12, 10)) -> dict[int, bool | None]:
    return {
        each.month.month: each.holds
        for each in found(*events, today=today)
        if each.name is CheckName.RHYTHM_KEPT and each.month is not None
    }


def test_the_promised_rhythm_is_kept_month_by_month():
    talks = [talk(date(2025, 10, 3)), talk(date(2025, 10, 20)), talk(date(2025, 11, 3))]
    assert months(REFERRED, *talks) == {9: False, 10: True, 11: False, 12: None}
    second = REFERRED.model_copy(update={"occurred_on": date(2025, 9, 2)})
    assert months(second, *talks) == {10: True, 11: False, 12: None}, "only whole months"


def tried(day: date) -> OutreachAttempted:
    return OutreachAttempted(
        occurred_on=day, note=an_id(f"tried {day}"), towards=Towards.CLIENT, mode=Mode.PHONE
    )


def test_trying_is_no_talk_as_in_the_figures_and_it_shows_beside_them():
    once, attempt = talk(date(2025, 11, 3)), tried(date(2025, 11, 20))
    (november,) = (
        each
        for each in found(REFERRED, once, attempt)
        if each.name is CheckName.RHYTHM_KEPT and each.month == date(2025, 11, 1)
    )
    assert (november.holds, november.entries) == (False, (an_id("1"), an_id("2")))
    here = an_id("programme")
    entered = ProgrammeEntered(occurred_on=REFERRED.occurred_on, programme=here)
    told = [REFERRED, entered, once, attempt, talk(date(2025, 10, 3)), talk(date(2025, 10, 30))]
    figures = alone(an_id("file"), told, here, date(2025, 11, 30))
    assert (figures.promised, figures.held) == (6, 3)
    assert months(*told, today=date(2025, 11, 30)) == {9: False, 10: True, 11: None}


def test_of_two_rhythms_the_slower_counts_and_peace_and_the_end_promise_nothing():
    once = ContactRhythmAgreed(
        occurred_on=date(2025, 11, 28), per_month=1, choice=RhythmChoice.CLIENT
    )
    assert months(REFERRED, talk(date(2025, 11, 3)), once)[11] is True
    peace = LeftInPeace(occurred_on=date(2025, 10, 15), until=date(2025, 11, 15))
    assert set(months(REFERRED, peace)) == {9, 12}
    within = LeftInPeace(occurred_on=date(2025, 10, 5), until=date(2025, 10, 20))
    assert set(months(REFERRED, within)) == {9, 11, 12}
    closed = CLOSED.model_copy(update={"occurred_on": date(2025, 11, 5)})
    assert set(months(REFERRED, closed)) == {9, 10}
    none = Paused(occurred_on=date(2025, 10, 1), wish=Wish.CLIENT, per_month=0)
    assert set(months(REFERRED, none)) == {9}


OPENED = date(2025, 3, 3)


def offered(*events: Event, today: date) -> list[tuple[bool | None, tuple[UUID, ...]]]:
    """Give what holds of each quarter in which the door stood open, and what proves it."""
    early = REFERRED.model_copy(update={"occurred_on": date(2025, 1, 6)})
    told = found(early, DoorLeftOpen(occurred_on=OPENED), *events, today=today)
    return [(each.holds, each.entries) for each in told if each.name is CheckName.DOOR_OFFERED]


def test_where_the_door_stays_open_contact_is_offered_each_quarter():
    door, first, second = an_id("1"), an_id("2"), an_id("3")
    due, after = date(2025, 6, 3), date(2025, 6, 4)
    assert offered(today=due) == [(None, (door,))]
    assert offered(today=after) == [(False, (door,))]
    kept = tried(due)
    assert offered(kept, today=after) == [(True, (door, first)), (None, (door,))]
    assert offered(tried(after), today=after)[0] == (False, (door, first))
    again = [kept, talk(date(2025, 9, 3))]
    assert [each for each, _ in offered(*again, today=date(2025, 12, 4))] == [True, True, False]
    assert offered(*again, today=after)[1] == (True, (door, second))


def test_of_a_door_nothing_is_owed_while_left_alone_or_once_it_is_shut():
    peace = LeftInPeace(occurred_on=date(2025, 5, 1), until=date(2025, 8, 1))
    assert [each for each, _ in offered(peace, today=date(2025, 8, 1))] == [None]
    assert [each for each, _ in offered(peace, today=date(2025, 8, 2))] == [False]
    asked_late = [peace, tried(date(2025, 8, 1))]
    assert [each for each, _ in offered(*asked_late, today=date(2025, 8, 2))] == [True, None]
    back = ReEntered(occurred_on=date(2025, 5, 1), channel=Channel.SELF)
    shut = CLOSED.model_copy(update={"occurred_on": date(2025, 5, 1)})
    for end in (back, shut):
        assert offered(end, today=TODAY) == []
    assert CheckName.DOOR_OFFERED not in {each.name for each in found(REFERRED)}
