"""What a machine can check of a trajectory for an auditor (reference 6.3): each with its proof."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import chain
from typing import NamedTuple, cast
from uuid import UUID

from domain.events import TrajectoryEvent
from domain.events.base import Category, Event
from domain.events.correction import EntryCorrected, EntryUndone
from domain.events.course import ClosingReason, TrajectoryClosed
from domain.events.permissions import PermissionGranted, PermissionWithdrawn
from domain.events.referral import WordsBy
from domain.events.setback import RecoveryNoted, SetbackAnswered, SetbackSignalled
from domain.events.support import OutreachAttempted, SupportContact, Towards
from domain.events.trust import (
    Agreement,
    DissentRecorded,
    TookPart,
    TrustDecision,
    TrustDecisionReviewed,
    TrustDecisionRevised,
)
from domain.language import Choice
from domain.objections import WITH_IT, Chosen, Objection, Stand, objections
from domain.rhythm import answer_due, months_later, promised_per_month
from domain.roles import Role
from domain.state import Trajectory
from domain.state.trajectory import evolve

FEWEST_OPTIONS = 2
"""Doing nothing is one of them. Reference 6.2."""
REVIEW_WITHIN = timedelta(days=30)
"""From the day that was planned for looking back. Reference 6.3 (P), to be checked."""
ANSWER_WORKING_DAYS = 2
"""Within which a signal is answered. Reference 6.3 (P), to be checked."""


class CheckName(Choice):
    """What is checked; about the file and the team's own promises, never about a person."""

    CLIENT_WORDS = (
        *("client_words", "Wat de cliënt wil staat er in eigen woorden"),
        "What the client wants is there in their own words",
    )
    OPTIONS = (
        *("options", "Er zijn ten minste twee mogelijkheden genoteerd"),
        "At least two ways it could go were noted",
    )
    CLIENT_PART = (
        *("client_part", "De cliënt deed mee, of er staat waarom niet"),
        "The client took part, or it says why not",
    )
    AGREEMENT = (
        *("agreement", "Van ieder die meedeed staat er of die het ermee eens is"),
        "Where each participant stands was noted",
    )
    CLIENT_AGREES = (
        *("client_agrees", "De cliënt is het niet oneens met de keuze"),
        "The client does not disagree with the choice",
    )
    DISSENT_WORDS = (
        *("dissent_words", "Wie het anders ziet, staat er met eigen woorden bij"),
        "Whoever sees it otherwise is there in their own words",
    )
    BASED_ON = (
        *("based_on", "Waar de keuze op rust, stond er al toen er gekozen werd"),
        "What the choice rests on was there when it was made",
    )
    CHOSEN_FIRST = (
        *("chosen_first", "Er is gekozen voordat het gebeurde"),
        "The choice was made before what it covers was done",
    )
    REVIEW_SET = (
        *("review_set", "Er is een moment gekozen om terug te kijken"),
        "A moment to look back was chosen",
    )
    REVIEW_HELD = "review_held", "Er is teruggekeken", "The team and the client looked back"
    REVIEW_IN_TIME = (
        *("review_in_time", "Er is teruggekeken binnen 30 dagen na de gekozen dag"),
        "They looked back within 30 days of the chosen day",
    )
    ANSWERED = (
        *("answered", "Het team reageerde binnen twee werkdagen toen het even niet goed ging"),
        "The team answered within two working days when it was not going well",
    )
    RHYTHM_KEPT = (
        *("rhythm_kept", "Het team zocht zo vaak contact als beloofd"),
        "The team was in touch as often as promised",
    )
    SHARED_BY_PERMISSION = (
        *("shared_by_permission", "Wie met toestemming meelas, deed dat terwijl die gold"),
        "Whoever read along by permission did so while it was in force",
    )
    CLOSED_AS_LISTED = (
        *("closed_as_listed", "Afgerond om een reden die op de lijst staat"),
        "Closed for a reason that is on the list",
    )


AFTER_THE_CHOICE = frozenset(
    {CheckName.REVIEW_HELD, CheckName.REVIEW_IN_TIME, CheckName.DISSENT_WORDS}
)
"""What tells how a choice turned out, or rests on what was said of it since."""
BY_FORM = frozenset({CheckName.CLIENT_WORDS, CheckName.REVIEW_SET, CheckName.CLOSED_AS_LISTED})
"""What cannot be recorded otherwise: that it holds says nothing of who wrote the entry."""


class Entered(NamedTuple):
    """An entry as it reads by now, with the day it was recorded; in the order of the log."""

    id: UUID
    body: Event
    recorded_on: date
    by: Role | None = None
    """The role of who recorded it; None is not known."""


class Shared(NamedTuple):
    """A day on which somebody saw more by a permission than without it."""

    permission: UUID
    on: date


class Check(NamedTuple):
    """One thing that was checked."""

    name: CheckName
    category: Category
    holds: bool | None
    """None: not due yet, or there is nothing to check."""
    entries: tuple[UUID, ...]
    """What proves it; the entry that it is about comes first."""
    month: date | None = None
    """The first day of the month that it is about."""


def checks(entries: Sequence[Entered], today: date, shared: Sequence[Shared] = ()) -> list[Check]:
    """Check a trajectory; `entries` with corrections resolved, `shared` as far as it is known.

    What was noted late is for the writer alone, before saving (reference 0.1; `domain.smells`).
    """
    told = [each for each in entries if not isinstance(each.body, EntryCorrected | EntryUndone)]
    return [
        *_choices(told, today),
        *_setbacks(told, today),
        *_rhythm(told, today),
        *_permissions(told, shared),
        *_closings(told),
    ]


def _choices(told: Sequence[Entered], today: date) -> Iterator[Check]:
    before: set[UUID] = set()
    for each in told:
        if isinstance(each.body, TrustDecision):
            for name, holds, proof in chain(
                _made(each.body, each.by, before, told),
                [_client_agrees(each, each.body, told)],
                _looked_back(each.body, told, today),
            ):
                yield Check(name, Category.TRUST, holds, (each.id, *proof))
        before.add(each.id)


_Found = tuple[CheckName, bool | None, tuple[UUID, ...]]


def _made(
    choice: TrustDecision,
    by: Role | None,
    before: set[UUID],
    told: Sequence[Entered],
) -> Iterator[_Found]:
    """Check how a choice was made.

    That the words are the client's own shows that they took part only where they wrote them down.
    """
    part = choice.participants
    here = [each for each in part if each.took_part is not TookPart.NOT_ASKED]
    wrote = by is Role.CLIENT and choice.client_words_by is WordsBy.CLIENT
    client = wrote or any(
        each.took_part is not TookPart.NOT_ASKED or each.words
        for each in part
        if each.role is Role.CLIENT
    )
    views = [
        (each.id, each.body.by)
        for each in told
        if isinstance(each.body, DissentRecorded) and each.body.decision == choice.decision
    ]
    against = [each for each in part if each.agreement is Agreement.DISAGREE]
    said = {by for _, by in views}
    weighed = set(choice.based_on)
    yield CheckName.CLIENT_WORDS, bool(choice.client_want.strip()), ()
    yield CheckName.OPTIONS, len(choice.options) >= FEWEST_OPTIONS, ()
    yield CheckName.CLIENT_PART, client, ()
    yield (
        CheckName.AGREEMENT,
        bool(here) and all(each.agreement is not Agreement.NOT_ASKED for each in here),
        (),
    )
    yield (
        CheckName.DISSENT_WORDS,
        all(each.words or each.role in said for each in against) if against else None,
        tuple(entry for entry, _ in views),
    )
    yield CheckName.BASED_ON, weighed <= before if weighed else None, tuple(choice.based_on)
    done = {each.id: each.body.occurred_on for each in told if each.id in choice.covers}
    first = all(choice.occurred_on <= day for day in done.values()) if done else None
    yield CheckName.CHOSEN_FIRST, first, tuple(done)


def _client_agrees(entered: Entered, choice: TrustDecision, told: Sequence[Entered]) -> _Found:
    """Find where the client disagrees, with this choice or with one that it revised.

    That blocks nothing; it is what an auditor looks at first (reference 6.2).
    """
    made = [_chosen(each.id, each.body) for each in told if isinstance(each.body, TrustDecision)]
    views = [
        Objection(each.id, each.body.decision, each.body.by, each.body.occurred_on)
        for each in told
        if isinstance(each.body, DissentRecorded)
    ]
    this = _chosen(entered.id, choice)
    against = objections(this, {each.decision: each for each in made}, views)
    own = [each.entry for each in against if each.by is Role.CLIENT]
    asked = any(s.role is Role.CLIENT and s.agreement in WITH_IT for s in this.stands)
    proof = tuple(each for each in dict.fromkeys(own) if each != entered.id)
    return CheckName.CLIENT_AGREES, False if own else asked or None, proof


def _chosen(entry: UUID, choice: TrustDecision) -> Chosen:
    stands = (Stand(each.role, each.person, each.agreement) for each in choice.participants)
    revises = choice.revises if isinstance(choice, TrustDecisionRevised) else None
    return Chosen(entry, choice.decision, choice.occurred_on, tuple(stands), revises)


def _looked_back(choice: TrustDecision, told: Sequence[Entered], today: date) -> Iterator[_Found]:
    """Check the moments to look back; choosing anew is looking back as well."""
    planned: date | None = choice.review_on
    late = False
    proof = []
    for each in told:
        again = _again(each.body, choice.decision)
        if again is None:
            continue
        proof.append(each.id)
        late = late or (planned is not None and again.occurred_on > planned + REVIEW_WITHIN)
        planned = again.review_on if isinstance(again, TrustDecisionReviewed) else None
    held = bool(proof) or None
    overdue = planned is not None and today > planned
    too_late = late or (planned is not None and today > planned + REVIEW_WITHIN)
    yield CheckName.REVIEW_SET, True, ()
    yield CheckName.REVIEW_HELD, False if overdue else held, tuple(proof)
    yield CheckName.REVIEW_IN_TIME, False if too_late else held, tuple(proof)


def _again(body: Event, decision: UUID) -> TrustDecisionReviewed | TrustDecisionRevised | None:
    match body:
        case TrustDecisionReviewed() if body.decision == decision:
            return body
        case TrustDecisionRevised() if body.revises == decision:
            return body
        case _:
            return None


def _setbacks(told: Sequence[Entered], today: date) -> Iterator[Check]:
    for each in told:
        if isinstance(each.body, SetbackSignalled):
            holds, proof = _answered(each.body, told, today)
            yield Check(CheckName.ANSWERED, Category.SETBACK, holds, (each.id, *proof))


def _answered(
    signal: SetbackSignalled, told: Sequence[Entered], today: date
) -> tuple[bool | None, tuple[UUID, ...]]:
    """Find the first answer; after "het gaat weer" none is waited for."""
    due = signal.occurred_on
    for _ in range(ANSWER_WORKING_DAYS):
        due = answer_due(due)
    for each in told:
        match each.body:
            case SetbackAnswered(setback=signal.setback):
                return each.body.occurred_on <= due, (each.id,)
            case RecoveryNoted(setback=signal.setback):
                return None if each.body.occurred_on <= due else False, (each.id,)
            case _:
                pass
    return (False if today > due else None), ()


def _rhythm(told: Sequence[Entered], today: date) -> Iterator[Check]:
    """Check each whole month since the beginning, and the one that is going on.

    A talk counts, and so does trying: that is what the team promised. A month in which the client
    asked to be left alone, in which the door stood open, or that saw the beginning or the end
    promised nothing. Of two rhythms in one month the slower counts.
    """
    ordered = sorted(told, key=lambda each: each.body.occurred_on)
    if not ordered:
        return
    state, at = Trajectory(), 0
    month = ordered[0].body.occurred_on.replace(day=1)
    while month <= today:
        following = months_later(month, 1)
        begun = state
        here: list[Entered] = []
        while at < len(ordered) and ordered[at].body.occurred_on < following:
            here.append(ordered[at])
            state = evolve(state, cast("TrajectoryEvent", ordered[at].body))
            at += 1
        if _promising(begun, month) and _promising(state, month):
            promised = min(promised_per_month(begun), promised_per_month(state))
            tries = tuple(each.id for each in here if towards_client(each.body))
            kept = len(tries) >= promised or (None if today < following else False)
            yield Check(CheckName.RHYTHM_KEPT, Category.SUPPORT, kept, tries, month)
        month = following


def _promising(state: Trajectory, month: date) -> bool:
    """Say whether contact was promised in this month, as it stood then."""
    course = state.course
    return (
        state.client is not None
        and not course.closed
        and course.door_open_on is None
        and not state.support.left_alone(month)
    )


def _permissions(told: Sequence[Entered], shared: Sequence[Shared]) -> Iterator[Check]:
    """Check what was read by each permission: from the day of its entry until its last day.

    The day on which it was taken back counts as one on which it was in force.
    """
    ended = {
        each.body.permission: each for each in told if isinstance(each.body, PermissionWithdrawn)
    }
    for each in told:
        if isinstance(each.body, PermissionGranted):
            days = [one.on for one in shared if one.permission == each.body.permission]
            end = ended.get(each.body.permission)
            last = min(each.body.until or date.max, date.max if end is None else end.recorded_on)
            holds = all(each.recorded_on <= day <= last for day in days) if days else None
            proof = (each.id,) if end is None else (each.id, end.id)
            yield Check(CheckName.SHARED_BY_PERMISSION, each.body.category, holds, proof)


def _closings(told: Sequence[Entered]) -> Iterator[Check]:
    """Name each closing: no other reason than a listed one can be recorded (item 25)."""
    for each in told:
        if isinstance(each.body, TrajectoryClosed):
            listed = each.body.reason in list(ClosingReason)
            yield Check(CheckName.CLOSED_AS_LISTED, each.body.category, listed, (each.id,))


def towards_client(body: Event) -> bool:
    """Say whether the team was in touch with the client, or tried to be."""
    match body:
        case SupportContact():
            return body.with_whom.has_client
        case OutreachAttempted():
            return body.towards is Towards.CLIENT
        case _:
            return False
