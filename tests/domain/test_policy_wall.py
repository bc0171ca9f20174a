"""The rows of the wall are what the matrix comes to."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings

from docs.generate_wall import FILE, text
from domain.events import BY_TYPE
from domain.events.base import Category, Kind, StreamKind, field_kinds
from domain.events.referral import Referred
from domain.policy import MATRIX, ROLES, Ground, wall
from domain.policy.fields import LISTED
from domain.roles import Role
from domain.state import Trajectory, evolve
from tests.domain.strategies import events

OPENINGS = {(each.role, each.category, each.outside, each.ground): each for each in wall.openings()}
COMMANDS_ALONE = {"notes", "protection", "linked_as"}
"""Parts of the state that are told nobody."""
ABOUT = [
    each for each in BY_TYPE.values() if each.STREAM in {StreamKind.TRAJECTORY, StreamKind.FUNDING}
]
FOLDED = [kind for kind in BY_TYPE.values() if kind.STREAM is StreamKind.TRAJECTORY]


@pytest.mark.parametrize(
    ("role", "category", "ground", "facts", "words"),
    [
        (Role.CLIENT, Category.WELLBEING, Ground.ALWAYS, True, True),
        (Role.CARE_WORKER, Category.SUPPORT, Ground.ALWAYS, True, False),
        (Role.CARE_WORKER, Category.SUPPORT, Ground.PERMISSION, False, True),
        (Role.CARE_WORKER, Category.INSTRUMENTS, Ground.ALWAYS, True, False),
        (Role.EMPLOYER, Category.JOB, Ground.OWN_JOB, True, False),
        (Role.EMPLOYER, Category.SEARCH, Ground.OWN, True, False),
        (Role.AUDITOR, Category.SETBACK, Ground.ALWAYS, True, False),
        (Role.AUDITOR, Category.TRUST, Ground.ALWAYS, True, True),
        (Role.AUDITOR, Category.SUPPORT, Ground.ALWAYS, True, False),
        (Role.AUDITOR, Category.SUPPORT, Ground.PERMISSION, False, True),
        (Role.JOB_COACH, Category.CLINICAL, Ground.ALWAYS, True, False),
    ],
)
def test_a_cell_is_an_opening(role, category, ground, facts, words):
    assert OPENINGS[role, category, False, ground][4:6] == (facts, words)


def test_what_is_never_seen_has_no_opening():
    seen = {(role, category) for role, category, *_ in OPENINGS}
    assert (Role.EMPLOYER, Category.SUPPORT) not in seen
    assert (Role.CARE_WORKER, Category.BENEFITS) not in seen
    assert not any(role is Role.SYSADMIN for role, _ in seen)
    assert all(MATRIX[each].access for each in seen)


def test_no_entry_about_a_trajectory_holds_a_name():
    """Who sees names and facts needs nothing that is sealed."""
    kinds = {kind for each in ABOUT for kind in field_kinds(each).values()}
    assert kinds.isdisjoint({Kind.GIVEN, Kind.FAMILY})


def test_what_is_listed_for_who_sees_little_is_facts():
    listed = [(BY_TYPE[each], names) for of in LISTED.values() for each, names in of.items()]
    assert {field_kinds(kind)[name] for kind, names in listed for name in names} == {Kind.FACT}


def test_who_knows_nobody_by_name_is_not_among_the_namings():
    known = set(wall.namings())
    assert Role.AUDITOR not in {role for role, _ in known}
    assert (Role.EMPLOYER, Role.NETWORK_MEMBER) not in known
    assert (Role.EMPLOYER, Role.JOB_COACH) in known


def test_the_printed_wall_is_that_of_the_policy():
    """Each row that is given or taken is looked at by whoever changes the policy."""
    assert FILE.read_text(encoding="utf-8") == text(), "run python -m docs.generate_wall"


def test_every_part_of_the_state_is_a_piece_but_what_is_for_commands():
    parts = list(Trajectory()._asdict())
    assert {parts[each.part] for each in wall.pieces()} == set(parts) - COMMANDS_ALONE


def test_every_role_of_the_matrix_has_a_way_in_but_those_without_a_file():
    assert {each.role for each in wall.ways()} == ROLES - {Role.PEER, Role.SYSADMIN}
    assert {each.opens for each in wall.ways()} == ROLES - {Role.PEER, Role.SYSADMIN}


@pytest.mark.parametrize("kind", FOLDED, ids=lambda kind: kind.TYPE)
def test_an_event_changes_only_pieces_that_follow_from_its_category(kind):
    allowed = {(each.part, each.field): each.categories for each in wall.pieces()}
    before = Trajectory()
    # Who received a referral is on the team, which is known to who knows the team.
    about = "A" if kind is Referred else ""

    @settings(max_examples=20, database=None, suppress_health_check=list(HealthCheck))
    @given(events(kind))
    def changes(event):
        after = evolve(before, event)
        for part, (name, was) in enumerate(before._asdict().items()):
            if name in COMMANDS_ALONE:
                continue
            now, fields = after[part], hasattr(was, "_asdict")
            places = enumerate(zip(was, now, strict=True), 1) if fields else [(0, (was, now))]
            for field, (old, new) in places:
                follows = {event.category.value, about} & set(allowed[part, field])
                assert old == new or follows, (name, field)

    changes()
