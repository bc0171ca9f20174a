"""What a machine can check of a trajectory for an auditor (reference 6.3): each with its proof."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import chain
from uuid import UUID

from domain.checked import Check, CheckName, Entered, Shared
from domain.events.base import Category, Event
from domain.events.correction import EntryCorrected, EntryUndone
from domain.events.course import ClosingReason, DoorLeftOpen, ReEntered, TrajectoryClosed
from domain.events.permissions import (
    EntrySendingStopped,
    EntrySent,
    MandateEnded,
    MandateNoted,
    PermissionGranted,
    PermissionWithdrawn,
)
from domain.events.referral import Referred, WordsBy
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
from domain.objections import WITH_IT, Chosen, Objection, Stand, objections
from domain.outcomes.counted import counted
from domain.outcomes.promises import left_alone, per_month, talked, turning_days
from domain.outcomes.track import Track, track
from domain.rhythm import answer_due, door_due, months_later
from domain.roles import Role

FEWEST_OPTIONS = 2
"""Doing nothing is one of them. Reference 6.2."""
REVIEW_WITHIN = timedelta(days=30)
"""From the day that was planned for looking back. Reference 6.3 (P), to be checked."""

_DAY = timedelta(days=1)
_SHUTS_DOOR = (ReEntered, TrajectoryClosed)


def checks(entries: Sequence[Entered], today: date, shared: Sequence[Shared] = ()) -> list[Check]:
    """Check a trajectory; `entries` with corrections resolved, `shared` as far as it is known.

    What was noted late is for the writer alone, before saving (reference 0.1; `domain.smells`).
    """
    told = [each for each in entries if not isinstance(each.body, EntryCorrected | EntryUndone)]
    return [
        *_choices(told, today),
        *_setbacks(told, today),
        *_rhythm(told, today),
        *_doors(told, today),
        *_sharings(told, shared),
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
    """Find the first answer; after "het gaat weer" none is waited for.

    It is held to what was promised: the next working day (reference 0.1; 6.3 says two).
    """
    due = answer_due(signal.occurred_on)
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

    Counted as the figures of the programme are (`domain.outcomes.promises`): an attempt is no talk
    (reference 1.5). Attempts are among the proof, so that it shows what the team tried.
    """
    own = _track(told)
    begun = min(
        (each.body.occurred_on for each in told if isinstance(each.body, Referred)), default=None
    )
    month = today if begun is None else begun.replace(day=1)
    while begun is not None and month <= today:
        following = months_later(month, 1)
        promised = min(
            per_month(own, day) for day in turning_days(own.promises, month, following - _DAY)
        )
        if begun <= month and promised:
            here = [each for each in told if month <= each.body.occurred_on < following]
            tries = tuple(each.id for each in here if towards_client(each.body))
            kept = sum(talked(each.body) for each in here) >= promised
            holds = kept or (None if today < following else False)
            yield Check(CheckName.RHYTHM_KEPT, Category.SUPPORT, holds, tries, month)
        month = following


def _doors(told: Sequence[Entered], today: date) -> Iterator[Check]:
    """Check each quarter in which the door stood open: trying is offering (reference 0.1).

    What falls due while the client asked to be left alone is owed when that is over.
    """
    own = _track(told)
    offers = sorted((each.body.occurred_on, each.id) for each in told if towards_client(each.body))
    ends = [each.body.occurred_on for each in told if isinstance(each.body, _SHUTS_DOOR)]
    for door in told:
        if not isinstance(door.body, DoorLeftOpen):
            continue
        last = door.body.occurred_on
        end = min((day for day in ends if day >= last), default=date.max)
        for day, offer in ((day, offer) for day, offer in offers if last < day < end):
            yield _offered(door, door_due(last), day, own, (offer,))
            last = day
        if door_due(last) < end:
            yield _offered(door, door_due(last), today, own, ())


def _offered(door: Entered, due: date, by: date, own: Track, offer: tuple[UUID, ...]) -> Check:
    """Hold the day of an offer, or today where there is none, to the day on which it was due."""
    while due < by and left_alone(own, due):
        due += _DAY
    holds = False if by > due else bool(offer) or None
    name = CheckName.DOOR_OFFERED
    return Check(name, Category.SUPPORT, holds, (door.id, *offer), due.replace(day=1))


def _track(told: Sequence[Entered]) -> Track:
    return track(turn for each in told for turn in counted(each.body))


def _sharings(told: Sequence[Entered], shared: Sequence[Shared]) -> Iterator[Check]:
    """Check what was read by each sharing: from the day of its entry until its last day.

    The day on which it was taken back counts as one on which it was in force. What an employer may
    be told is spoken (reference 0.1), and nothing is read here by it.
    """
    ended = {sharing: each for each in told if (sharing := _ends(each.body)) is not None}
    for each in told:
        begun = begins_sharing(each.body)
        if begun is not None:
            sharing, until = begun
            days = [one.on for one in shared if one.by == sharing]
            end = ended.get(sharing)
            last = min(until or date.max, date.max if end is None else end.recorded_on)
            holds = all(each.recorded_on <= day <= last for day in days) if days else None
            proof = (each.id,) if end is None else (each.id, end.id)
            yield Check(CheckName.SHARED_BY_PERMISSION, Category.PERMISSIONS, holds, proof)


def begins_sharing(body: Event) -> tuple[UUID, date | None] | None:
    """Name the sharing by which more is read that an entry begins, and its last day if any."""
    match body:
        case PermissionGranted():
            return body.permission, body.until
        case MandateNoted():
            return body.mandate, body.until
        case EntrySent():
            return body.sending, None
        case _:
            return None


def _ends(body: Event) -> UUID | None:
    match body:
        case PermissionWithdrawn():
            return body.permission
        case MandateEnded():
            return body.mandate
        case EntrySendingStopped():
            return body.sending
        case _:
            return None


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
