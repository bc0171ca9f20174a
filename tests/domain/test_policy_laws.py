"""The laws of the policy hold for every combination of grants."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from hypothesis import given
from hypothesis import strategies as st

from domain.events import BY_TYPE
from domain.events.base import Category, Event, Grant, GrantKind, Kind, field_kinds
from domain.events.permissions import (
    EntrySendingStopped,
    EntrySent,
    LegalBasis,
    PermissionGranted,
    PermissionWithdrawn,
    Purpose,
    RecipientKind,
)
from domain.policy import (
    ROLES,
    SENDABLE,
    Limit,
    Reader,
    Seen,
    Sight,
    relation,
    sight,
    visible_fields,
)
from domain.roles import Role
from tests.domain.policy_people import (
    BAKERY,
    CARE,
    COURIERS,
    JOB,
    NOOR,
    OLD_JOB,
    RIA,
    SOCIAL_FIRM,
    TODAY,
    TRACK,
    YESTERDAY,
)

PEOPLE = (NOOR, RIA)
HOLDERS = (*PEOPLE, COURIERS, BAKERY, CARE, SOCIAL_FIRM)
GIVEN_MORE = {
    *(Role.NETWORK_MEMBER, Role.JOB_COACH, Role.CARE_WORKER, Role.JOB_BROKER),
    *(Role.CLIENT_MANAGER, Role.EK_COORDINATOR, Role.PEER_WORKER),
    *(Role.BENEFITS_ADVISER, Role.LABOUR_EXPERT),
}
"""Who sees more by a permission: the roles with a c in their column (reference 7.5)."""
NEVER_FOR_EMPLOYERS = "HIJKLMQ"
LETTER = uuid4()
"""An entry that may be sent."""

letters = st.lists(st.sampled_from([*Category, "O", "Z", ""]), max_size=6).map(",".join)
organisations = st.sampled_from([None, CARE, SOCIAL_FIRM])
days = st.sampled_from([None, YESTERDAY, TODAY, TODAY + timedelta(days=1)])
roles = st.sampled_from(list(Role))
readers = st.builds(Reader, st.sampled_from(PEOPLE), roles, organisations)
grants = st.lists(
    st.builds(
        Grant,
        stream=st.sampled_from([TRACK, TRACK, COURIERS, BAKERY, *PEOPLE]),
        key=st.sampled_from([f"employer/{JOB}", f"employer/{OLD_JOB}", "employer/", "team/x"]),
        holder=st.sampled_from(HOLDERS),
        kind=st.sampled_from(GrantKind),
        role=roles.map(str) | st.just(""),
        organisation=organisations,
        categories=letters,
        until=days,
    ),
    max_size=12,
)
permissions = st.builds(
    Grant,
    stream=st.just(TRACK),
    key=st.just("permission/new"),
    holder=st.sampled_from(HOLDERS),
    kind=st.just(GrantKind.PERMISSION),
    role=roles.map(str) | st.just(""),
    categories=letters,
    until=days,
)


def permission(holder: UUID, *categories: Category, **more: Any) -> PermissionGranted:
    return PermissionGranted(
        occurred_on=TODAY,
        permission=more.pop("permission", None) or uuid4(),
        recipient=holder,
        recipient_kind=RecipientKind.PERSON,
        purpose=Purpose.CARE,
        legal_basis=LegalBasis.CONSENT,
        categories=categories,
        **more,
    )


granted = st.builds(
    lambda holder, categories, organisation, until: permission(
        holder, *categories, organisation=organisation, until=until
    ),
    st.sampled_from(HOLDERS),
    st.lists(st.sampled_from(Category), min_size=1, max_size=6),
    organisations,
    days,
)


def around(role: str) -> list[Grant]:
    """Give somebody every reason to be there that goes with a role.

    An auditor and a privacy officer have no other place in the trajectory.
    """
    close = [
        Grant(TRACK, "t", RIA, GrantKind.TEAM, role, CARE),
        Grant(TRACK, "c", RIA, GrantKind.CLIENT, role),
        Grant(TRACK, "n", RIA, GrantKind.NETWORK, role),
        Grant(TRACK, "m", RIA, GrantKind.MANDATE, role, categories="A,B,F,H,I,J"),
    ]
    return ([] if role in {Role.AUDITOR, Role.PRIVACY_OFFICER} else close) + [
        Grant(TRACK, "s", RIA, GrantKind.SAMPLE, role),
        Grant(RIA, "r", RIA, GrantKind.ROLE, role, CARE),
        Grant(COURIERS, "p", RIA, GrantKind.CONTACT),
        Grant(TRACK, f"employer/{JOB}", COURIERS, GrantKind.EMPLOYER),
        Grant(TRACK, "colleague", NOOR, GrantKind.TEAM, Role.JOB_COACH.value, CARE),
    ]


# Those who have every reason to be there: otherwise most readers drawn have no tie at all.
placed = st.sampled_from(sorted(ROLES)).flatmap(
    lambda role: st.tuples(
        st.builds(Reader, st.just(RIA), st.just(Role(role)), st.just(CARE)), st.just(around(role))
    )
)

Question = tuple[Category, bool, UUID | None, UUID | None, UUID | None]
QUESTIONS: list[Question] = [
    (category, own, employer, placement, entry)
    for category in Category
    for own in (False, True)
    for employer, placement in ((None, None), (COURIERS, None), (COURIERS, JOB), (BAKERY, OLD_JOB))
    for entry in (None, LETTER)
]


def answers(found: Sight) -> dict[Question, Seen]:
    return {
        (category, own, employer, placement, entry): found.kinds(
            category,
            own=own,
            employer=employer,
            placement=placement,
            sent=entry in found.relation.sent,
        )
        for category, own, employer, placement, entry in QUESTIONS
    }


def seen(reader: Reader, rows: list[Grant]) -> dict[Question, Seen]:
    tie = relation(reader, TRACK, rows, TODAY)
    return dict.fromkeys(QUESTIONS, frozenset()) if tie is None else answers(sight(tie))


@given(placed, grants, permissions)
def test_more_permission_never_hides(who, rows, extra):
    reader, own = who
    before, after = seen(reader, own + rows), seen(reader, [*own, *rows, extra])
    assert all(before[question] <= after[question] for question in QUESTIONS)


@given(readers, grants, permissions)
def test_more_permission_never_hides_from_whoever_asks(reader, rows, extra):
    before, after = seen(reader, rows), seen(reader, [*rows, extra])
    assert all(before[question] <= after[question] for question in QUESTIONS)


def held(rows: list[Grant], *told: Event) -> list[Grant]:
    """Give the rows that there are after these events, as the log keeps them."""
    kept = list(rows)
    for event in told:
        for each in event.grants(TRACK):
            kept = [row for row in kept if (row.stream, row.key) != (each.stream, each.key)]
            kept += [each] if isinstance(each, Grant) else []
    return kept


def withdrawn(granted: PermissionGranted) -> PermissionWithdrawn:
    return PermissionWithdrawn(occurred_on=TODAY, permission=granted.permission)


@given(placed, grants, granted)
def test_withdrawing_hides_all_that_the_permission_gave_and_nothing_else(who, rows, told):
    reader, own = who
    others = [*own, *rows]
    before, after = seen(reader, others), seen(reader, held(others, told))
    assert all(
        before[question] == after[question]
        for question in QUESTIONS
        if question[0] not in told.categories
    )
    assert seen(reader, held(others, told, withdrawn(told))) == before


@given(placed, grants, granted, granted)
def test_of_two_permissions_the_one_that_stays_gives_as_much_as_alone(who, rows, first, second):
    reader, own = who
    others = [*own, *rows]
    alone = seen(reader, held(others, second))
    assert seen(reader, held(others, first, second, withdrawn(first))) == alone


@given(placed, grants, granted)
def test_after_its_last_day_a_permission_gives_nothing(who, rows, told):
    reader, own = who
    ended = told.model_copy(update={"until": YESTERDAY})
    assert seen(reader, held([*own, *rows], ended)) == seen(reader, [*own, *rows])


def test_whom_a_permission_gives_something_a_withdrawal_takes_it_from():
    taken = set()
    for role in ROLES:
        reader, own = Reader(RIA, Role(role), CARE), around(Role(role))
        told = permission(RIA, *Category)
        before, after = seen(reader, own), seen(reader, held(own, told))
        assert seen(reader, held(own, told, withdrawn(told))) == before
        taken |= {Role(role)} if after != before else set()
    assert taken == GIVEN_MORE


sendings = st.builds(
    lambda reader, role: EntrySent(
        occurred_on=TODAY, sending=uuid4(), entry=LETTER, reader=reader, role=role
    ),
    st.sampled_from(HOLDERS),
    roles,
)


@given(placed, grants, sendings)
def test_what_is_sent_is_seen_besides_and_after_it_stops_all_is_as_before(who, rows, told):
    reader, own = who
    others = [*own, *rows]
    before, after = seen(reader, others), seen(reader, held(others, told))
    assert all(before[question] <= after[question] for question in QUESTIONS)
    theirs = (told.reader, told.role) == (reader.person, reader.role)
    opened = SENDABLE.get(reader.role, frozenset()) | {Category.PERMISSIONS} if theirs else ()
    assert all(
        before[question] == after[question]
        for question in QUESTIONS
        if question[-1] != LETTER or question[0] not in opened
    )
    stopped = EntrySendingStopped(occurred_on=TODAY, sending=told.sending, entry=LETTER)
    assert seen(reader, held(others, told, stopped)) == before


def test_whom_something_is_sent_a_stop_takes_it_from():
    taken = set()
    for role in ROLES:
        reader, own = Reader(RIA, Role(role), CARE), around(Role(role))
        told = EntrySent(occurred_on=TODAY, sending=uuid4(), entry=LETTER, reader=RIA, role=role)
        before, after = seen(reader, own), seen(reader, held(own, told))
        taken |= {Role(role)} if after != before else set()
    assert taken == set(SENDABLE)


@given(readers, grants)
def test_what_is_over_gives_no_more_than_what_never_was(reader, rows):
    """An employer keeps one thing: that its job ended."""
    live = [row for row in rows if row.until != YESTERDAY]
    before, after = seen(reader, live), seen(reader, rows)
    for question in QUESTIONS:
        extra = after[question] - before[question]
        assert not extra or reader.role is Role.EMPLOYER
        if question[0] is not Category.IDENTITY and Kind.FACT in extra:
            assert Limit.ENDED_JOB in after[question] or question[0] is Category.SEARCH


@given(st.builds(Reader, st.sampled_from(PEOPLE), st.just(Role.EMPLOYER), organisations), grants)
def test_an_employer_never_sees_health_support_setbacks_or_choices(reader, rows):
    for (category, *_), kinds in seen(reader, rows).items():
        assert not kinds & {Kind.HEALTH, Kind.WORDS, Kind.THIRD, Kind.CONTACT}
        if category in NEVER_FOR_EMPLOYERS:
            assert kinds == frozenset()


@given(placed.filter(lambda who: who[0].role is Role.EMPLOYER), grants)
def test_no_field_that_an_employer_sees_tells_of_health_or_is_told_in_words(who, rows):
    reader, own = who
    for (category, *_), kinds in seen(reader, own + rows).items():
        for event in BY_TYPE.values():
            if event.CATEGORY is category:
                shown = visible_fields(event, kinds)
                assert {field_kinds(event)[name] for name in shown} <= {
                    Kind.FACT,
                    Kind.GIVEN,
                    Kind.FAMILY,
                }


@given(readers, grants)
def test_without_a_grant_that_names_the_reader_there_is_nothing(reader, rows):
    others = [row for row in rows if row.holder != reader.person]
    assert relation(reader, TRACK, others, TODAY) is None


@given(placed, grants)
def test_every_visible_entry_is_in_a_category_that_is_looked_in(who, rows):
    reader, own = who
    tie = relation(reader, TRACK, own + rows, TODAY)
    if tie is None:
        assert reader.role in {Role.SYSADMIN, Role.PEER, Role.AUDITOR, Role.PRIVACY_OFFICER}
        return
    found = sight(tie)
    for (category, mine, employer, _, entry), kinds in answers(found).items():
        if Kind.FACT in kinds:
            assert category in found.categories()
            sent = entry in found.relation.sent and category in found.sent()
            assert mine or sent or not found.own_only(category)
            assert employer or sent or not found.job_only(category)


@given(placed, grants, st.randoms(use_true_random=False))
def test_the_order_of_the_grants_does_not_matter(who, rows, random):
    reader, own = who
    shuffled = own + rows
    random.shuffle(shuffled)
    one, other = (relation(reader, TRACK, each, TODAY) for each in (own + rows, shuffled))
    assert one == other
    if one and other:
        assert sight(one).fingerprint == sight(other).fingerprint


@given(placed, grants)
def test_a_client_and_a_relative_never_get_confidential_words_of_others(who, rows):
    reader, own = who
    if reader.role in {Role.CLIENT, Role.NETWORK_MEMBER, Role.AUDITOR, Role.EMPLOYER}:
        assert not any(Kind.THIRD in kinds for kinds in seen(reader, own + rows).values())


@given(placed, st.sampled_from(["judged/", "judged/x", "", "/"]))
def test_a_judged_choice_that_names_none_opens_nothing(who, key):
    reader, own = who
    judged = Grant(TRACK, key, reader.person, GrantKind.JUDGED)
    one, other = (relation(reader, TRACK, rows, TODAY) for rows in (own, [*own, judged]))
    assert one == other
