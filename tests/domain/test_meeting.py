"""A team meeting is saved once: an entry for each who was discussed, none naming another."""

from __future__ import annotations

from datetime import timedelta

import pytest
from pydantic import ValidationError

from domain.events.course import ClosingReason, TrajectoryClosed
from domain.events.quality import TeamMeetingHeld
from domain.events.support import TeamDiscussed
from domain.events.team import TeamMemberAdded
from domain.roles import Role
from domain.rules.meeting import Discussed, NoteTeamDiscussion, TeamMeeting
from domain.state import fold
from tests.domain.histories import REFERRED
from tests.spec import COACH, TODAY, an_id, given, refusing

BAS = an_id("Bas, care worker")
TRACKS = [an_id(f"track {number}") for number in range(8)]


def meeting(**more):
    discussed = tuple(Discussed(trajectory=each, text=f"over {each}") for each in TRACKS)
    return TeamMeeting(**{"attendees": (COACH, BAS), "discussed": discussed, **more})


def test_what_the_team_said_is_kept_once_and_is_no_contact():
    asked = NoteTeamDiscussion(attendees=(COACH, BAS), text="eerst rust")
    event = TeamDiscussed(occurred_on=TODAY, note=asked.note, attendees=(BAS,), text="eerst rust")
    team = TeamMemberAdded(occurred_on=TODAY, person=BAS, role=Role.CARE_WORKER)
    given(REFERRED, team).when(asked).then(event)  # who sat there for others is not named here
    given(REFERRED, team).when(asked).by(Role.CARE_WORKER).then(event)
    given(REFERRED, event).when(asked).nothing()
    assert fold([REFERRED, event]).support == fold([REFERRED]).support
    given().when(asked).refused("Noteer eerst de aanmelding")
    closed = TrajectoryClosed(occurred_on=TODAY, reason=ClosingReason.CLIENT_WISH)
    given(REFERRED, closed).when(asked).refused("Noteer eerst dat de cliënt terug is")
    twice = asked.model_copy(update={"attendees": (BAS, BAS)})
    given(REFERRED).when(twice).refused("twee keer", at="attendees")


def test_eight_people_are_eight_commands_and_none_names_another():
    asked = meeting()
    parts = asked.commands()
    assert [stream for stream, _, _ in parts] == TRACKS
    for stream, command, field in parts:
        said = command.model_dump_json()
        assert str(asked.meeting) not in said
        assert f"over {stream}" in said
        assert not any(str(other) in said for other in TRACKS if other != stream)
        assert field == f"discussed.{TRACKS.index(stream)}.trajectory"
    notes = {command.note for _, command, _ in parts}
    assert len(notes) == 8
    assert notes == {command.note for _, command, _ in meeting(meeting=asked.meeting).commands()}


def test_the_programme_notes_of_how_many_people_and_of_whom_not():
    programme = an_id("programme")
    *_, (stream, command, field) = meeting(programme=programme).commands()
    assert (stream, field) == (programme, "programme")
    assert (TeamMeetingHeld,) == command.YIELDS
    assert command.discussed == 8
    assert not any(str(each) in command.model_dump_json() for each in TRACKS)


def test_day_attendees_and_reason_go_along_with_each():
    late = Discussed(trajectory=TRACKS[0], text="rust", late_reason="ziek geweest")
    long_ago, programme = TODAY - timedelta(days=40), an_id("programme")
    asked = meeting(discussed=(late,), occurred_on=long_ago, programme=programme)
    (_, noted, _), (_, held, _) = asked.commands()
    assert (noted.occurred_on, noted.late_reason) == (long_ago, "ziek geweest")
    assert noted.attendees == held.attendees == asked.attendees
    assert held.occurred_on == long_ago
    (*_, (_, again, _)) = asked.commands()
    assert again.note == held.note
    elsewhere = asked.model_copy(update={"programme": an_id("other")})
    assert elsewhere.commands()[-1][1].note != held.note


def test_nobody_stands_in_it_twice():
    same = Discussed(trajectory=TRACKS[0])
    with refusing("staat er twee keer bij", at="discussed"):
        meeting(discussed=(same, same)).commands()
    with pytest.raises(ValidationError):
        meeting(discussed=())
    with pytest.raises(ValidationError):
        meeting(attendees=())
