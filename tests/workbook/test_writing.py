"""What an import writes: once, by whom the book names, and what changes when the book changes."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime
from uuid import uuid4

import pytest

from api.workbook.comparing import CHANGED
from api.workbook.identity import Ids
from api.workbook.layout import CONTACTS, EMPLOYERS, PEOPLE, PLACEMENTS, TRAJECTORIES
from api.workbook.plan import make
from api.workbook.reading import read
from api.workbook.telling import LATE
from api.workbook.writing import write
from domain.events.base import StreamKind
from domain.events.correction import EntryCorrected
from domain.events.employer import EmployerDetailsChanged
from domain.events.people import OrganisationKind, RegistrationCorrected
from domain.events.referral import ProgrammeEntered
from domain.events.team import TeamMemberAdded, TeamMemberLeft
from domain.roles import Role
from domain.rules.corrections import CorrectEntry
from domain.rules.people import GiveRole, RegisterOrganisation
from domain.rules.programme import FoundProgramme
from domain.state import outcome
from eventlog.entry import Actor
from eventlog.request import NotFound, Request
from tests.workbook import books
from tests.workbook.books import (
    AS_OF,
    CASES,
    CONTACT,
    EMPLOYER,
    NAMES,
    PERSON,
    PLACEMENT,
    SCORE,
    TRAJECTORY,
    expected,
    instead,
)
from tests.workbook.logs import contents, entries, imported, trajectories

LATER = datetime(2024, 5, 4)  # noqa: DTZ001 - as a workbook has it
IDS = Ids("test")
CARED_FOR = instead(PERSON, "Mensen", "Behandelaar", "Bas de Groot")
CLOSED = instead(
    instead(TRAJECTORY, "Trajecten", "Afgerond op", LATER),
    "Trajecten",
    "Reden afronding",
    "verhuisd",
)
ENDED = instead(
    instead(PLACEMENT, "Plaatsingen", "Einde", LATER), "Plaatsingen", "Reden einde", "ontslag"
)


def one_by_one(handler, path, *changes):
    """Import a book as it is changed time and again; give what each time was added."""
    return [
        imported(handler, books.write(path / "book.xlsx", **change), "test", AS_OF)
        for change in changes
    ]


@pytest.mark.parametrize("name", NAMES)
def test_a_case_stands_in_the_log_once_with_its_outcome(name, handler):
    wanted = expected(name)
    as_of = date.fromisoformat(wanted["as_of"])
    plan = make(read(CASES / f"{name}.xlsx"), name, as_of)
    first = write(handler, plan.stories, name, as_of)
    assert (first.entries, first.problems) == (plan.entries, [])
    positions = handler.log.position()
    again = write(handler, plan.stories, name, as_of)
    assert (again.entries, again.problems) == (0, [])
    assert handler.log.position() == positions
    told = trajectories(handler)
    assert len(told) == wanted["trajectories"]
    assert Counter(outcome(each, as_of).value for each in told) == wanted["outcome"]


def test_another_source_is_another_book(handler, tmp_path):
    path = books.write(tmp_path / "book.xlsx")
    first = imported(handler, path, "north", AS_OF)
    second = imported(handler, path, "south", AS_OF)
    assert first.entries == second.entries > 0


def test_entries_are_marked_and_keep_author_and_day(handler, tmp_path):
    contact = instead(CONTACT, "Contacten", "Door", " EVA smit ")
    one_by_one(handler, tmp_path, {"Contacten": [contact]})
    found = {entry.type: entry for entry in entries(handler)}
    assert {entry.header.origin for entry in found.values()} == {"import:test"}
    assert found["support.contact.v1"].header.actor == IDS.staff("eva smit")
    assert found["job.started.v1"].header.actor == IDS.staff("jo maas")
    assert found["job.started.v1"].header.role == Role.JOB_COACH
    said = found["support.contact.v1"].body
    assert (said.occurred_on, said.late_reason) == (date(2024, 3, 2), LATE)
    assert (said.text, said.mode.value) == ("Rustig gesprek.", "walk")


def test_wellbeing_is_recorded_on_behalf_of_the_client(handler, tmp_path):
    one_by_one(handler, tmp_path, {})
    (score,) = [entry for entry in entries(handler) if entry.type == "wellbeing.scored.v1"]
    assert score.header.on_behalf_of == IDS.of(PEOPLE, "t-1")
    assert score.header.actor == IDS.staff("jo maas")


@pytest.mark.parametrize(
    ("kind", "type_"),
    [
        ("gesprek", "support.contact.v1"),
        ("steun", "support.contact.v1"),
        ("werkgever", "employer.contacted.v1"),
        ("geen gehoor", "outreach.attempted.v1"),
    ],
)
def test_each_kind_of_contact_becomes_its_entry(handler, tmp_path, kind, type_):
    contact = instead(CONTACT, "Contacten", "Soort", kind)
    contact = instead(contact, "Contacten", "Werkgever", "houtzagerij de ES")
    one_by_one(handler, tmp_path, {"Contacten": [contact]})
    (found,) = [entry for entry in entries(handler) if entry.type == type_]
    assert found.body.employer == IDS.of(EMPLOYERS, "houtzagerij de es")


@pytest.mark.parametrize(
    ("contract", "type_"),
    [
        ("vast", "job.started.v1"),
        ("nul-uren", "job.started.v1"),
        ("zzp", "job.started.v1"),
        ("proefplaatsing", "trial.started.v1"),
        ("vrijwilligerswerk", "volunteering.started.v1"),
        ("beschut", "sheltered.started.v1"),
    ],
)
def test_each_contract_becomes_its_kind_of_work(handler, tmp_path, contract, type_):
    row = instead(
        instead(PLACEMENT, "Plaatsingen", "Contract", contract), "Plaatsingen", "Einde", LATER
    )
    one_by_one(handler, tmp_path, {"Plaatsingen": [row]})
    found = [entry.type for entry in entries(handler)]
    assert type_ in found
    assert type_.replace("started", "ended") in found


def test_the_closing_comes_last_whatever_its_day(handler, tmp_path):
    contact = instead(CONTACT, "Contacten", "Datum", "1-6-2024")
    one_by_one(handler, tmp_path, {"Trajecten": [CLOSED], "Contacten": [contact]})
    story = contents(handler)[IDS.of(TRAJECTORIES, "t-1")]
    assert story[0][1].TYPE == "referral.made.v1"
    assert story[-1][1].TYPE == "course.closed.v1"
    assert story[-1][1].occurred_on < story[-2][1].occurred_on


def test_a_changed_row_adds_a_correction_and_changed_back_another(handler, tmp_path):
    changed = {"Contacten": [instead(CONTACT, "Contacten", "Verslag", "Toch druk.")]}
    first, second, same, back = one_by_one(handler, tmp_path, {}, changed, changed, {})
    assert first.entries > 1
    assert [second.entries, same.entries, back.entries] == [1, 0, 1]
    stream = IDS.of(TRAJECTORIES, "t-1")
    corrections = [
        entry for entry in handler.log.entries(stream) if isinstance(entry.body, EntryCorrected)
    ]
    assert [entry.body.body["text"] for entry in corrections] == ["Toch druk.", "Rustig gesprek."]
    assert {entry.body.reason for entry in corrections} == {CHANGED}
    assert {entry.header.actor for entry in corrections} == {IDS.staff("jo maas")}
    again = one_by_one(handler, tmp_path, changed, {})
    assert [each.entries for each in again] == [1, 1]


@pytest.mark.parametrize(
    ("sheet", "row", "column", "value"),
    [
        ("Mensen", PERSON, "Uitkering", "bijstand"),
        ("Trajecten", TRAJECTORY, "Aangemeld op", "1-3-2024"),
        ("Trajecten", TRAJECTORY, "Werkwens", "Toch iets met dieren."),
        ("Trajecten", TRAJECTORY, "Eerste gesprek", "9-3-2024"),
        ("Plaatsingen", PLACEMENT, "Uren per week", "20,5"),
        ("Plaatsingen", PLACEMENT, "Contract", "vast"),
        ("Welzijn", SCORE, "Cijfer", 8),
    ],
)
def test_a_change_on_any_sheet_is_a_correction(handler, tmp_path, sheet, row, column, value):  # noqa: PLR0917
    changed = {sheet: [instead(row, sheet, column, value)]}
    results = one_by_one(handler, tmp_path, {}, changed, {})
    assert [each.problems for each in results] == [[], [], []]
    kinds = [entry.body for entry in entries(handler)[results[0].entries :]]
    assert all(isinstance(body, EntryCorrected) for body in kinds)
    assert results[1].entries == results[2].entries >= 1


def test_a_changed_person_and_employer_are_corrected_in_their_own_stream(handler, tmp_path):
    changed = {
        "Mensen": [instead(PERSON, "Mensen", "Telefoon", "06-2")],
        "Werkgevers": [instead(EMPLOYER, "Werkgevers", "Plaats", "Boxtel")],
    }
    results = one_by_one(handler, tmp_path, {}, changed, changed, {})
    assert [each.entries for each in results[1:]] == [2, 0, 2]
    person, employer = IDS.of(PEOPLE, "t-1"), IDS.of(EMPLOYERS, "houtzagerij de es")
    log = contents(handler)
    assert [type(body) for _, body, *_ in log[person][1:]] == [RegistrationCorrected] * 2
    assert [type(body) for _, body, *_ in log[employer][1:]] == [EmployerDetailsChanged] * 2
    assert handler.state(employer, StreamKind.EMPLOYER)[1].place == "Esch"


def test_new_rows_and_a_filled_in_end_are_added(handler, tmp_path):
    more = {
        "Contacten": [CONTACT, CONTACT, instead(CONTACT, "Contacten", "Datum", "5-5-2024")],
        "Plaatsingen": [ENDED],
    }
    results = one_by_one(handler, tmp_path, {}, more, more)
    assert [each.entries for each in results[1:]] == [3, 0]


def test_a_new_care_worker_joins_and_the_old_one_leaves(handler, tmp_path):
    other = {"Mensen": [instead(PERSON, "Mensen", "Behandelaar", "Anouk Willems")]}
    first = {"Mensen": [CARED_FOR]}
    results = one_by_one(handler, tmp_path, first, other, other, first, {})
    assert [each.problems for each in results] == [[]] * 5
    assert [each.entries for each in results[1:]] == [3, 0, 2, 1]  # with Anouk herself
    story = contents(handler)[IDS.of(TRAJECTORIES, "t-1")]
    team = [
        type(body) for _, body, *_ in story if isinstance(body, TeamMemberAdded | TeamMemberLeft)
    ]
    assert team == [TeamMemberAdded, *([TeamMemberAdded, TeamMemberLeft] * 2), TeamMemberLeft]


def test_a_new_coach_takes_over(handler, tmp_path):
    other = {"Mensen": [instead(PERSON, "Mensen", "Coach", "Els Brouwer")]}
    results = one_by_one(handler, tmp_path, {}, other, other)
    assert [each.problems for each in results] == [[]] * 3
    assert [each.entries for each in results[1:]] == [3, 0]
    _, state = handler.state(IDS.of(TRAJECTORIES, "t-1"), StreamKind.TRAJECTORY)
    assert [member.person for member in state.circle.team] == [IDS.staff("els brouwer")]


@pytest.mark.parametrize("column", ["Coach", "Behandelaar"])
def test_a_refused_row_stores_nothing(handler, tmp_path, column):
    closed = {"Trajecten": [CLOSED]}
    changed = instead(instead(PERSON, "Mensen", column, "Els Brouwer"), "Mensen", "Telefoon", "2")
    one_by_one(handler, tmp_path, closed)
    before = contents(handler)
    (second,) = one_by_one(handler, tmp_path, closed | {"Mensen": [changed]})
    assert [each[:3] for each in second.problems] == [(PEOPLE, 2, column)]
    assert contents(handler) == before


def test_a_colleague_whom_another_row_names_too_is_registered(handler, tmp_path):
    number = ("T-2", "Kees")
    both = {
        "Mensen": [PERSON, number + PERSON[2:]],
        "Trajecten": [CLOSED, number[:1] + TRAJECTORY[1:]],
    }
    changed = {"Mensen": [instead(row, "Mensen", "Coach", "Els Brouwer") for row in both["Mensen"]]}
    _, second = one_by_one(handler, tmp_path, both, both | changed)
    assert [(each.sheet, each.row) for each in second.problems] == [(PEOPLE, 2)]
    assert second.entries == 3
    teams = {state.client: state.circle.team for state in trajectories(handler)}
    for number, coach in (("t-1", "jo maas"), ("t-2", "els brouwer")):
        (member,) = teams[IDS.of(PEOPLE, number)]
        assert member.person == IDS.staff(coach)


def test_what_people_corrected_since_stays_as_they_said(handler, tmp_path):
    one_by_one(handler, tmp_path, {})
    stream, coach = IDS.of(TRAJECTORIES, "t-1"), IDS.staff("jo maas")
    (contact,) = [e for e in handler.log.entries(stream) if e.type == "support.contact.v1"]
    body = contact.body.model_dump(mode="json", exclude_none=True) | {"text": "Beter verwoord."}
    command = CorrectEntry(entry=contact.event_id, reason="Beter verwoord", body=body)
    asked = Request(Actor(coach, Role.JOB_COACH), stream, command)
    with pytest.raises(NotFound):  # an import tells of a team, and gives nobody a role
        handler.handle(asked)
    organisation = uuid4()
    for where, told in (
        (organisation, RegisterOrganisation(name="De Beemden", kind=OrganisationKind.CARE)),
        (coach, GiveRole(role=Role.JOB_COACH, organisation=organisation)),
    ):
        handler.handle(Request(Actor(uuid4(), Role.SYSADMIN), where, told, operator=True))
    handler.handle(asked)
    (again,) = one_by_one(handler, tmp_path, {})
    assert again.entries == 0


@pytest.mark.parametrize(
    ("sheet", "before", "after", "column"),
    [
        ("Plaatsingen", PLACEMENT, instead(PLACEMENT, "Plaatsingen", "Contract", "beschut"), ""),
        ("Plaatsingen", ENDED, PLACEMENT, "Einde"),
        ("Trajecten", CLOSED, TRAJECTORY, "Afgerond op"),
        ("Contacten", CONTACT, instead(CONTACT, "Contacten", "Door", "Els Brouwer"), "Door"),
        ("Mensen", PERSON, instead(PERSON, "Mensen", "Uitkering", None), "Uitkering"),
    ],
)
def test_what_an_import_cannot_change_is_told(handler, tmp_path, sheet, before, after, column):  # noqa: PLR0917
    _, second = one_by_one(handler, tmp_path, {sheet: [before]}, {sheet: [after]})
    (problem,) = second.problems
    assert (problem.sheet, problem.row, problem.column) == (sheet, 2, column)


def test_a_new_row_after_the_closing_is_told(handler, tmp_path):
    closed = {"Trajecten": [CLOSED]}
    _, second = one_by_one(handler, tmp_path, closed, closed | {"Contacten": [CONTACT, CONTACT]})
    assert [(each.sheet, each.row) for each in second.problems] == [(CONTACTS, 3)]
    assert second.entries == 0


def test_an_end_that_is_corrected_keeps_its_placement(handler, tmp_path):
    other = instead(ENDED, "Plaatsingen", "Einde", "1-6-2024")
    results = one_by_one(handler, tmp_path, {"Plaatsingen": [ENDED]}, {"Plaatsingen": [other]})
    assert (results[1].entries, results[1].problems) == (1, [])
    _, state = handler.state(IDS.of(TRAJECTORIES, "t-1"), StreamKind.TRAJECTORY)
    placement = IDS.of(PLACEMENTS, "t-1", "houtzagerij de es", "zager", "2024-03-02")
    assert state.work.find(placement).ended_on == date(2024, 6, 1)


def test_a_book_can_be_of_a_programme_and_stays_as_it_was_without(handler):
    programme, organisation = uuid4(), uuid4()
    for stream, command in (
        (organisation, RegisterOrganisation(name="De Beemden", kind=OrganisationKind.CARE)),
        (programme, FoundProgramme(name="Meedoen", organisation=organisation)),
    ):
        handler.handle(Request(Actor(uuid4(), Role.SYSADMIN), stream, command, operator=True))
    book = read(CASES / "haaren.xlsx")
    plan = make(book, "haaren", date(2019, 11, 25), programme)
    write(handler, plan.stories, plan.source, plan.as_of)
    entered = [each.body for each in entries(handler) if isinstance(each.body, ProgrammeEntered)]
    assert entered
    assert {each.programme for each in entered} == {programme}
    again = write(handler, plan.stories, plan.source, plan.as_of)
    assert (again.entries, again.problems) == (0, [])


def test_a_programme_that_is_not_there_is_told_of(handler, tmp_path):
    plan = make(read(books.write(tmp_path / "book.xlsx")), "test", AS_OF, uuid4())
    found = write(handler, plan.stories, "test", AS_OF).problems
    assert [each.sheet for each in found] == [TRAJECTORIES]
