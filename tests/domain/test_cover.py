"""Standing in for a coach: between two days, with the coach's rights, ending by itself."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from domain.events.base import GrantEnd, GrantKind
from domain.events.cover import CoverArranged, CoverEnded, begins_on
from domain.events.team import NetworkMemberInvited, TeamMemberAdded, TeamMemberLeft
from domain.roles import Role
from domain.rules.cover import ArrangeCover, CaseloadCover, EndCover, stands_in
from domain.rules.team import AddTeamMember, RemoveTeamMember
from domain.state import fold
from tests.domain.histories import CLOSED, REFERRED
from tests.spec import CLIENT, COACH, TODAY, an_id, given, refusing

COLLEAGUE, LEAD, CARE, WEEK = an_id("Jan"), an_id("lead"), an_id("care"), timedelta(days=7)
COVER, TRACK = an_id("cover"), an_id("track")
RIA = TeamMemberAdded(occurred_on=TODAY, person=COACH, role=Role.JOB_COACH, organisation=CARE)
ARRANGED = CoverArranged(
    occurred_on=TODAY,
    cover=COVER,
    coach=COACH,
    person=COLLEAGUE,
    starts_on=TODAY + WEEK,
    ends_on=TODAY + 2 * WEEK,
    organisation=CARE,
    words="vakantie",
)
ENDED = CoverEnded(
    occurred_on=TODAY, cover=COVER, coach=COACH, person=COLLEAGUE, starts_on=TODAY + WEEK
)


def arrange(**but: object) -> ArrangeCover:
    asked: dict[str, object] = {
        "cover": COVER,
        "person": COLLEAGUE,
        "starts_on": TODAY + WEEK,
        "ends_on": TODAY + 2 * WEEK,
        "words": "vakantie",
    }
    return ArrangeCover.model_validate(asked | but)


def test_a_coach_arranges_it_for_oneself_and_for_their_own_organisation():
    given(REFERRED, RIA).when(arrange()).then(ARRANGED)
    given(REFERRED, RIA).when(arrange(starts_on=None)).then(
        ARRANGED.model_copy(update={"starts_on": TODAY})
    )


def test_a_team_lead_arranges_it_for_the_coach_and_may_stand_in():
    asked = given(REFERRED, RIA).when(arrange(person=LEAD)).by(Role.TEAM_LEAD, LEAD)
    asked.then(ARRANGED.model_copy(update={"person": LEAD}))


def test_of_several_coaches_the_one_who_is_away_is_named():
    jo = TeamMemberAdded(occurred_on=TODAY, person=an_id("Jo"), role=Role.JOB_COACH)
    for coach in (COACH, jo.person):
        named = given(REFERRED, RIA, jo).when(arrange(coach=coach)).by(Role.TEAM_LEAD, LEAD)
        (arranged,) = named.decide()
        assert arranged.coach == coach
    unnamed = given(REFERRED, RIA, jo).when(arrange()).by(Role.TEAM_LEAD, LEAD)
    unnamed.refused("Kies een jobcoach uit het team", at="coach")


def test_who_stands_in_is_there_for_as_long_as_the_coach_is_away():
    circle = fold([REFERRED, RIA, ARRANGED]).circle
    assert stands_in(circle, COLLEAGUE)
    assert not stands_in(circle, COACH)
    assert not stands_in(circle, LEAD)
    assert not stands_in(fold([REFERRED, RIA, ARRANGED, ENDED]).circle, COLLEAGUE)
    joined = TeamMemberAdded(occurred_on=TODAY, person=COLLEAGUE, role=Role.JOB_COACH)
    assert not stands_in(fold([REFERRED, RIA, ARRANGED, joined]).circle, COLLEAGUE)


def test_the_same_again_adds_nothing_also_under_another_id():
    given(REFERRED, RIA, ARRANGED).when(arrange()).nothing()
    given(REFERRED, RIA, ARRANGED).when(arrange(cover=uuid4())).nothing()
    given(REFERRED, RIA, ARRANGED, ENDED).when(arrange()).nothing()
    given(REFERRED, RIA, ARRANGED).when(arrange(cover=uuid4(), words=None)).nothing()
    given(REFERRED, RIA, ARRANGED, ENDED).when(arrange(cover=uuid4())).decide()


@pytest.mark.parametrize(
    "but",
    [
        {"cover": uuid4(), "words": "op cursus"},
        {"cover": uuid4(), "organisation": an_id("town")},
        {"words": "op cursus"},
        {"person": an_id("Jo")},
        {"starts_on": TODAY},
        {"ends_on": TODAY + WEEK},
        {"organisation": an_id("town")},
    ],
    ids="-".join,
)
def test_what_is_asked_beside_an_arrangement_is_never_dropped(but):
    """Answered with nothing, whoever asked would think that it stands there."""
    given(REFERRED, RIA, ARRANGED).when(arrange(**but)).refused("al geregeld, en anders")


def test_an_arrangement_for_one_coach_is_none_for_another():
    jo = TeamMemberAdded(occurred_on=TODAY, person=an_id("Jo"), role=Role.JOB_COACH)
    past = REFERRED, RIA, jo, ARRANGED
    given(*past).when(arrange(coach=COACH)).nothing()
    given(*past).when(arrange(coach=jo.person)).refused("al geregeld, en anders")


def test_it_works_from_its_first_day_and_its_last_day_counts():
    (grant,) = ARRANGED.grants(TRACK)
    assert (grant.kind, grant.holder, grant.role) == (GrantKind.COVER, COLLEAGUE, "job_coach")
    assert (begins_on(grant), grant.until) == (TODAY + WEEK, TODAY + 2 * WEEK)
    assert ENDED.grants(TRACK) == (GrantEnd(TRACK, grant.key),)


@pytest.mark.parametrize(
    ("but", "sentence", "field"),
    [
        ({"starts_on": TODAY - WEEK}, "al voorbij", "starts_on"),
        ({"ends_on": TODAY}, "Het einde ligt voor het begin", "ends_on"),
        ({"ends_on": TODAY + 20 * WEEK}, "Draag het traject dan over", "ends_on"),
        ({"person": COACH}, "kan niet vervangen", "person"),
        ({"person": CLIENT}, "kan niet vervangen", "person"),
        ({"person": an_id("friend")}, "kan niet vervangen", "person"),
        ({"person": an_id("carer")}, "kan niet vervangen", "person"),
        ({"coach": an_id("carer")}, "Kies een jobcoach uit het team", "coach"),
    ],
)
def test_what_cannot_be_is_refused(but: dict[str, object], sentence: str, field: str):
    friend = NetworkMemberInvited(occurred_on=TODAY, person=an_id("friend"))
    carer = TeamMemberAdded(occurred_on=TODAY, person=an_id("carer"), role=Role.CARE_WORKER)
    given(REFERRED, RIA, friend, carer).when(arrange(**but)).refused(sentence, at=field)


def test_not_after_a_closing_but_ending_it_is():
    given(REFERRED, RIA, CLOSED).when(arrange()).refused("Noteer eerst dat de cliënt terug is")
    given(REFERRED, RIA, ARRANGED, CLOSED).when(EndCover(cover=COVER)).then(ENDED)


def test_it_is_ended_once_and_one_that_is_not_there_is_told():
    given(REFERRED, RIA, ARRANGED, ENDED).when(EndCover(cover=COVER)).nothing()
    given(REFERRED, RIA).when(EndCover(cover=COVER)).refused("staat hier niet", at="cover")


def test_who_stands_in_does_not_stay_on_by_their_own_word():
    past = (REFERRED, RIA, ARRANGED)
    longer = arrange(cover=uuid4(), ends_on=TODAY + 3 * WEEK, coach=COACH)
    by = given(*past).when(longer).by(Role.JOB_COACH, COLLEAGUE)
    by.refused("Het team of de teamleider regelt")
    join = AddTeamMember(person=COLLEAGUE, role=Role.JOB_COACH)
    given(*past).when(join).by(Role.JOB_COACH, COLLEAGUE).refused("Vraag het aan", at="person")
    given(*past).when(join).decide()


def test_a_coach_for_whom_somebody_stands_in_is_not_let_go():
    gone = TeamMemberLeft(occurred_on=TODAY, person=COACH, leaves_to=CARE)
    leave = RemoveTeamMember(person=COACH)
    given(REFERRED, RIA, ARRANGED).when(leave).refused("Beëindig eerst", at="person")
    given(REFERRED, RIA, ARRANGED, ENDED).when(leave).then(gone)
    over = ARRANGED.model_copy(update={"starts_on": TODAY - WEEK, "ends_on": TODAY - WEEK})
    given(REFERRED, RIA, over).when(leave).then(gone)
    last = ARRANGED.model_copy(update={"starts_on": TODAY - WEEK, "ends_on": TODAY})
    given(REFERRED, RIA, last).when(leave).refused("Beëindig eerst", at="person")
    other = AddTeamMember(person=COACH, role=Role.JOB_BROKER)
    by = given(REFERRED, RIA, ARRANGED).when(other).by(Role.JOB_COACH, LEAD)
    by.refused("Beëindig eerst", at="person")


CASELOAD = CaseloadCover(cover=COVER, person=COLLEAGUE, ends_on=TODAY + WEEK)
RUNNING, STOPPED = fold([REFERRED, RIA]), fold([REFERRED, RIA, CLOSED])


def test_a_caseload_is_one_arrangement_with_an_entry_each():
    tracks = [UUID(int=1), UUID(int=2)]
    files = [(each, RUNNING) for each in tracks]
    first, again = (CASELOAD.commands(COACH, files, lambda *_: True) for _ in range(2))
    assert first == again
    assert [stream for stream, _ in first] == tracks
    assert len({each.cover for _, each in first}) == 2
    assert {each.coach for _, each in first} == {COACH}


def test_covered_is_what_is_not_closed_and_where_the_asker_arranges_it():
    mine, theirs, closed = (UUID(int=n) for n in (1, 2, 3))
    files = [(mine, RUNNING), (theirs, RUNNING), (closed, STOPPED)]
    found = CASELOAD.commands(COACH, files, lambda stream, _: stream != theirs)
    assert [stream for stream, _ in found] == [mine]


@pytest.mark.parametrize(
    ("files", "arranges"),
    [([], True), ([(TRACK, STOPPED)], True), ([(TRACK, RUNNING)], False)],
)
def test_where_there_is_nothing_to_cover_another_coach_is_to_be_chosen(files, arranges):
    with refusing("Kies een andere jobcoach", at="coach"):
        CASELOAD.commands(COACH, files, lambda *_: arranges)


def test_who_works_on_it_stands_there_once_in_each_role_in_which_they_may():
    later = CoverArranged.model_validate(
        ARRANGED.model_dump() | {"cover": uuid4(), "organisation": an_id("other organisation")}
    )
    on_team = TeamMemberAdded(occurred_on=TODAY, person=LEAD, role=Role.JOB_COACH)
    by_lead = ARRANGED.model_copy(update={"cover": uuid4(), "person": LEAD})
    working = fold([REFERRED, RIA, ARRANGED, later, on_team, by_lead]).circle.working
    assert sorted((str(each.person), each.role.value) for each in working) == sorted(
        [
            (str(COACH), "job_coach"),
            *((str(who), role) for who in (COLLEAGUE, LEAD) for role in ("job_coach", "team_lead")),
        ]
    )
    assert fold([REFERRED, RIA, ARRANGED, ENDED]).circle.working == fold([RIA]).circle.team
