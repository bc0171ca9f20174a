"""Which samples an auditor reads, who knows auditors by name, and what is drawn by a seed."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest

from domain.events.base import Grant, GrantKind
from domain.policy import Reader, names_auditors, of_organisation, samples_of
from domain.roles import Role
from domain.rules.base import Refused
from domain.rules.programme import Drawing

TODAY = date(2026, 3, 2)
KIM, PROGRAMME, SAMPLE, FILE, HERE, ELSEWHERE = (uuid4() for _ in range(6))
READER = Reader(KIM, Role.AUDITOR, HERE)
HELD = Grant(KIM, "role/auditor", KIM, GrantKind.ROLE, "auditor", HERE)


def sampled(key: str = f"sample/{PROGRAMME}/{SAMPLE}", until: date | None = None) -> Grant:
    return Grant(FILE, key, KIM, GrantKind.SAMPLE, "auditor", until=until)


def test_a_sample_is_named_with_its_programme_and_its_files():
    found = samples_of(READER, [HELD, sampled()], TODAY)
    assert found == {(PROGRAMME, SAMPLE): frozenset({FILE})}


@pytest.mark.parametrize(
    "rows",
    [
        [sampled()],
        [HELD, sampled(until=TODAY - timedelta(days=1))],
        [HELD._replace(until=TODAY - timedelta(days=1)), sampled()],
        [HELD, sampled(f"sample/{SAMPLE}")],
        [HELD, sampled()._replace(holder=uuid4())],
        [HELD, sampled()._replace(kind=GrantKind.TEAM)],
        [HELD._replace(organisation=ELSEWHERE), sampled()],
    ],
)
def test_without_the_role_or_after_its_last_day_there_is_none(rows: list[Grant]):
    assert samples_of(READER, rows, TODAY) == {}


def test_the_last_day_counts():
    assert samples_of(READER, [HELD, sampled(until=TODAY)], TODAY)


def test_a_file_is_of_the_organisation_of_its_team_and_of_who_left():
    def team(kind: GrantKind, organisation: UUID | None, until: date | None = None) -> Grant:
        return Grant(FILE, "team/x", uuid4(), kind, "job_coach", organisation, until=until)

    for rows, found in (
        ([team(GrantKind.TEAM, HERE)], {FILE}),
        ([team(GrantKind.LEFT, HERE)], {FILE}),
        ([team(GrantKind.TEAM, ELSEWHERE)], set()),
        ([team(GrantKind.TEAM, None)], set()),
        ([team(GrantKind.EMERGENCY, HERE)], set()),
        ([team(GrantKind.TEAM, HERE, TODAY - timedelta(days=1))], set()),
    ):
        assert of_organisation(rows, HERE, TODAY) == found


@pytest.mark.parametrize("role", Role)
def test_auditors_are_known_by_name_to_who_draws_a_sample_for_them(role: Role):
    draws = role in {Role.TEAM_LEAD, Role.PRIVACY_OFFICER}
    assert names_auditors(role) is draws


def test_a_sample_is_drawn_by_its_seed_and_never_from_nothing():
    files = [UUID(int=each) for each in range(40)]
    asked = Drawing(programme=PROGRAMME, size=5, auditor=KIM, seed=7)
    first = asked.draw(SAMPLE, files)
    assert (first.sample, first.auditor, first.seed) == (SAMPLE, KIM, 7)
    assert len(first.trajectories) == 5
    assert asked.draw(SAMPLE, files[::-1]).trajectories == first.trajectories
    other = asked.model_copy(update={"seed": 8})
    assert other.draw(SAMPLE, files).trajectories != first.trajectories
    assert first.until is None
    limited = asked.model_copy(update={"until": TODAY})
    assert limited.draw(SAMPLE, files).until == TODAY
    with pytest.raises(Refused) as refused:
        asked.draw(SAMPLE, [])
    assert refused.value.field == "programme"
