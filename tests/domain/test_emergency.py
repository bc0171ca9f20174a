"""In an emergency a care worker reads along for a day; the client is told, somebody looks back."""

from __future__ import annotations

from datetime import timedelta

from domain.events.emergency import EmergencyAccessOpened, EmergencyAccessReviewed, Verdict
from domain.events.team import NetworkMemberInvited, TeamMemberAdded
from domain.language import Text
from domain.roles import Role
from domain.rules.emergency import LASTS, OpenEmergencyAccess, ReviewEmergencyAccess
from domain.state import fold
from domain.wording import word
from tests.domain.histories import CLOSED, REFERRED
from tests.spec import CLIENT, NOW, TODAY, When, an_id, given

DOCTOR, LEAD = an_id("Fay, care worker"), an_id("Gijs, team lead")
CRISIS, ELSEWHERE = an_id("Crisis service"), an_id("Another clinic")

OPEN = OpenEmergencyAccess(emergency=an_id("night"), reason="Onbereikbaar na een val thuis")
OPENED = EmergencyAccessOpened(
    occurred_on=TODAY,
    reader=DOCTOR,
    organisation=CRISIS,
    until=NOW + timedelta(hours=24),
    **OPEN.said(),
)
REVIEW = ReviewEmergencyAccess(
    emergency=OPEN.emergency, verdict=Verdict.RIGHT, words="Er was gevaar."
)
REVIEWED = EmergencyAccessReviewed(occurred_on=TODAY, organisation=CRISIS, **REVIEW.said())


def by_doctor(when: When, **known: object) -> When:
    return asked(when, **{"role": Role.CARE_WORKER, "person": DOCTOR, **known})


def by_lead(when: When, **known: object) -> When:
    return asked(when, **{"role": Role.TEAM_LEAD, "person": LEAD, **known})


def asked(when: When, **known: object) -> When:
    about = {"organisation": CRISIS, **known}
    return When(when.past, when.command, when.facts._replace(**about))


def test_a_care_worker_opens_it_for_a_day():
    by_doctor(given(REFERRED).when(OPEN)).then(OPENED)
    by_doctor(given(REFERRED, CLOSED).when(OPEN)).then(OPENED)
    assert timedelta(hours=24) == LASTS


def test_while_it_lasts_asking_again_adds_nothing():
    again = OPEN.model_copy(update={"emergency": an_id("again")})
    for command in (OPEN, again):
        by_doctor(given(REFERRED, OPENED).when(command)).nothing()
    by_doctor(given(REFERRED, OPENED, REVIEWED).when(OPEN)).nothing()  # it was looked back at
    tomorrow = {"today": TODAY + timedelta(days=1), "now": OPENED.until}
    (event,) = by_doctor(given(REFERRED, OPENED).when(again), **tomorrow).decide()
    assert event.until == OPENED.until + LASTS
    (event,) = by_doctor(given(REFERRED, OPENED, REVIEWED).when(again)).decide()
    assert event.emergency == again.emergency


def test_another_reason_is_no_second_opening_while_it_lasts():
    more = OPEN.model_copy(update={"reason": "Nu ook brand"})
    running = by_doctor(given(REFERRED, OPENED).when(more))
    running.refused("Je leest hier al mee, om een andere reden", at="reason")
    again = more.model_copy(update={"emergency": an_id("again")})
    by_doctor(given(REFERRED, OPENED).when(again)).refused("Je leest hier al mee", at="reason")
    by_doctor(given(REFERRED, OPENED, REVIEWED).when(more)).refused("Dit is al genoteerd")
    over = {"today": TODAY + timedelta(days=1), "now": OPENED.until}
    (event,) = by_doctor(given(REFERRED, OPENED).when(again), **over).decide()
    assert event.reason == again.reason


def test_one_emergency_hinders_no_other():
    other = OPEN.model_copy(update={"emergency": an_id("other")})
    (event,) = by_doctor(given(REFERRED, OPENED).when(other), person=LEAD).decide()
    assert event.reader == LEAD


def test_who_stands_around_the_client_reads_in_that_role():
    friend = NetworkMemberInvited(occurred_on=TODAY, person=DOCTOR)
    colleague = TeamMemberAdded(occurred_on=TODAY, person=DOCTOR, role=Role.JOB_COACH)
    for tie in (friend, colleague):
        by_doctor(given(REFERRED, tie).when(OPEN)).refused("Je hoort al bij de mensen")
    by_doctor(given(REFERRED).when(OPEN), person=CLIENT).refused("Je hoort al bij de mensen")


def test_it_is_opened_for_an_organisation_and_a_file_that_is_there():
    by_doctor(given(REFERRED).when(OPEN), organisation=None).refused("namens een organisatie")
    by_doctor(given().when(OPEN)).refused("Noteer eerst de aanmelding")


def test_a_second_person_of_the_same_organisation_looks_back():
    by_lead(given(REFERRED, OPENED).when(REVIEW)).then(REVIEWED)
    by_lead(given(REFERRED, OPENED, REVIEWED).when(REVIEW)).nothing()
    other = REVIEW.model_copy(update={"verdict": Verdict.LEARN})
    reworded = REVIEW.model_copy(update={"words": "Er was gevaar, en nu niet meer."})
    for command in (other, reworded):
        past = given(REFERRED, OPENED, REVIEWED)
        by_lead(past.when(command)).refused("al nagekeken", at="verdict")


def test_nobody_looks_back_at_themselves_or_at_another_organisation():
    when = given(REFERRED, OPENED).when(REVIEW)
    by_lead(when, person=DOCTOR).refused("Een ander kijkt dit na", at="emergency")
    for organisation in (ELSEWHERE, None):
        by_lead(when, organisation=organisation).refused("niet bekend", at="emergency")
    by_lead(given(REFERRED).when(REVIEW)).refused("niet bekend", at="emergency")
    by_lead(given().when(REVIEW)).refused("Noteer eerst de aanmelding")


def test_the_state_keeps_no_reason():
    (kept,) = fold([REFERRED, OPENED, REVIEWED]).emergencies
    assert (kept.reader, kept.until, kept.verdict) == (DOCTOR, OPENED.until, Verdict.RIGHT)
    assert OPEN.reason not in kept


def test_the_client_reads_until_when_as_people_say_it():
    fields, names = OPENED.model_dump(mode="json"), {str(CRISIS): "de crisisdienst"}
    said = Text(word(OPENED.TYPE, fields, "nl", names), word(OPENED.TYPE, fields, "en", names))
    assert said.nl == (
        "In een noodgeval leest een behandelaar van de crisisdienst mee, "
        "tot 11 maart 2026 om 10:00 uur"
    )
    assert said.en.endswith("reads along, until 11 March 2026 at 10:00")
