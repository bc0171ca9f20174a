"""What each reader sees of an entry: kinds of fields, own entries, own job, and names."""

from __future__ import annotations

import re
from typing import Any

import pytest

from domain.events import BY_TYPE
from domain.events.base import Category, Kind, field_kinds
from domain.events.correction import EntryCorrected
from domain.events.leads import BrokerRequestMade, NetworkLeadOffered
from domain.events.people import PersonRegistered, RegistrationCorrected
from domain.events.placement import (
    AccommodationAgreed,
    EndReason,
    HoursChanged,
    JobEnded,
    JobStarted,
    TrialPlacementEnded,
)
from domain.events.profile import PreferencesStated, VocationalProfileRecorded
from domain.events.setback import SetbackSignalled
from domain.events.support import SupportContact
from domain.events.team import TeamMemberAdded
from domain.events.trust import Participant, TookPart
from domain.events.trying import TryOutArranged, TryOutDone
from domain.policy import ADDRESSED, LISTED, Limit, addressed, show, visible_fields
from domain.roles import Role
from domain.rules.base import Facts
from domain.rules.corrections import CorrectEntry
from tests.domain.policy_people import (
    ANK,
    BAKERY,
    BAS,
    COACH_INSIDE,
    COACH_OUTSIDE,
    COURIERS,
    ELS,
    EMPLOYED,
    JOB,
    OLD_JOB,
    RIA,
    TODAY,
    TOWN,
    TRACK,
    YESTERDAY,
    client,
    contact,
    held,
    job,
    member,
    network,
    permission,
    sample,
    sees,
    some_id,
    team,
)

FULL = {Kind.FACT, Kind.WORDS, Kind.HEALTH, Kind.GIVEN, Kind.FAMILY, Kind.CONTACT}
FACTS = {Kind.FACT, Kind.GIVEN, Kind.FAMILY}
NAMES = {Kind.GIVEN, Kind.FAMILY}
AUDITED = (sample(), held(Role.AUDITOR))


def test_a_client_reads_everything_but_the_confidential_words_of_others():
    sight = sees(Role.CLIENT, client())
    for category in set(Category) - {Category.PEER_GROUP}:
        assert sight.kinds(category) == FULL


def test_a_coach_reads_the_confidential_words_as_well():
    assert sees(Role.JOB_COACH, *COACH_INSIDE).kinds(Category.SUPPORT) == {*FULL, Kind.THIRD}


def test_a_relative_reads_what_the_client_allows_and_no_words_of_support_contacts():
    before = sees(Role.NETWORK_MEMBER, network())
    after = sees(Role.NETWORK_MEMBER, network(), permission(ELS, "F,H"))
    assert before.kinds(Category.JOB) == before.kinds(Category.SUPPORT) == frozenset()
    assert after.kinds(Category.JOB) == FULL
    assert after.kinds(Category.SUPPORT) == FACTS
    assert after.kinds(Category.INSTRUMENTS) == after.kinds(Category.CLINICAL) == frozenset()


def test_a_relative_reads_the_own_entries_about_the_team_only():
    sight = sees(Role.NETWORK_MEMBER, network())
    assert sight.kinds(Category.IDENTITY) == frozenset()
    assert sight.kinds(Category.IDENTITY, own=True) == FULL
    assert sight.own_only(Category.IDENTITY)
    assert sight.kinds(Category.JOB, own=True) == frozenset()


def test_care_worker_reads_facts_of_support_and_words_with_permission():
    assert sees(Role.CARE_WORKER, *COACH_INSIDE).kinds(Category.SUPPORT) == FACTS
    allowed = sees(Role.CARE_WORKER, *COACH_INSIDE, permission(BAS, "H"))
    assert allowed.kinds(Category.SUPPORT) == FULL


def test_with_a_coach_outside_a_care_worker_needs_permission_for_facts_too():
    sight = sees(Role.CARE_WORKER, *COACH_OUTSIDE)
    for category in "DEFGH":
        assert sight.kinds(Category(category)) == frozenset()
    allowed = sees(Role.CARE_WORKER, *COACH_OUTSIDE, permission(BAS, "F,G"))
    assert allowed.kinds(Category.JOB) == FULL
    assert allowed.kinds(Category.INSTRUMENTS) == FACTS
    assert sight.kinds(Category.SETBACK) == {*FULL, Kind.THIRD}


def test_a_coach_outside_reads_that_there_is_a_setback_and_the_words_addressed_to_them():
    sight = sees(Role.JOB_COACH, *COACH_OUTSIDE)
    assert sight.kinds(Category.SETBACK) == FACTS
    assert sight.kinds(Category.SETBACK, own=True) == FULL
    assert sight.kinds(Category.JOB) == {*FULL, Kind.THIRD}


@pytest.mark.parametrize("category", [Category.SEARCH, Category.SUPPORT, Category.WELLBEING])
def test_a_client_manager_gets_no_search_and_no_support_also_not_with_permission(category):
    everything = permission(ANK, ",".join(Category))
    sight = sees(Role.CLIENT_MANAGER, *member(Role.CLIENT_MANAGER), everything)
    assert sight.kinds(category, own=True) == frozenset()


def test_a_client_manager_never_gets_words_that_are_not_the_own():
    everything = permission(ANK, ",".join(Category))
    sight = sees(Role.CLIENT_MANAGER, *member(Role.CLIENT_MANAGER), everything)
    for category in Category:
        assert sight.kinds(category) <= FACTS


def test_an_auditor_reads_without_names_and_of_a_setback_only_when():
    sight = sees(Role.AUDITOR, *AUDITED)
    assert sight.pseudonymous
    assert sight.kinds(Category.JOB) == {Kind.FACT}
    assert sight.kinds(Category.TRUST) == {Kind.FACT, Kind.WORDS, Kind.HEALTH}
    assert sight.fields(SetbackSignalled) == {"occurred_on"}
    assert sight.names() == sight.names(Role.JOB_COACH) == frozenset()


def test_an_employer_sees_its_own_job_in_words_of_work():
    sight = sees(Role.EMPLOYER, *EMPLOYED)
    at_work = {"employer": COURIERS, "placement": JOB}
    agreed = {"title", "starts_on", "hours_per_week", "tasks", "days"}
    ended = {"occurred_on", "placement", "employer"}
    assert sight.fields(JobStarted, **at_work) == ended | agreed
    assert sight.fields(JobEnded, **at_work) == ended
    assert "what" in sight.fields(AccommodationAgreed, **at_work)
    assert "wish" not in sight.fields(HoursChanged, **at_work)
    assert sight.fields(TrialPlacementEnded, **at_work) == {"occurred_on", "placement", "employer"}


def test_an_employer_sees_no_job_elsewhere_and_nothing_that_names_no_job():
    sight = sees(Role.EMPLOYER, *EMPLOYED)
    assert sight.fields(JobStarted) == frozenset()
    assert sight.fields(JobStarted, employer=BAKERY) == frozenset()
    assert sight.fields(JobStarted, employer=COURIERS, placement=some_id("third")) == frozenset()
    assert sight.job_only(Category.JOB)
    assert sight.employers() == {COURIERS}


def test_an_employer_reads_nothing_of_a_day_along_also_not_at_its_own_place():
    sight = sees(Role.EMPLOYER, *EMPLOYED)
    for event in (TryOutArranged, TryOutDone):
        assert sight.fields(event, employer=COURIERS) == frozenset()


def test_of_an_ended_job_an_employer_sees_that_it_ended_and_no_more():
    sight = sees(Role.EMPLOYER, contact(), job(until=YESTERDAY))
    at_work = {"employer": COURIERS, "placement": JOB}
    assert sight.fields(JobEnded, **at_work) == {"occurred_on", "placement", "employer"}
    for event in (JobStarted, HoursChanged, AccommodationAgreed):
        assert sight.fields(event, **at_work) == frozenset()


def test_a_new_job_at_the_same_employer_does_not_open_the_ended_one():
    sight = sees(Role.EMPLOYER, contact(), job(), job(placement=OLD_JOB, until=YESTERDAY))
    assert "title" in sight.fields(JobStarted, employer=COURIERS, placement=JOB)
    assert sight.fields(JobStarted, employer=COURIERS, placement=OLD_JOB) == frozenset()
    assert sight.fields(JobStarted, employer=COURIERS) == frozenset()


def test_an_employer_knows_the_name_and_sees_no_entry_about_the_team():
    sight = sees(Role.EMPLOYER, *EMPLOYED)
    assert sight.names() == NAMES
    assert visible_fields(PersonRegistered, sight.kinds(Category.IDENTITY)) == {
        "given_name",
        "family_name",
    }
    assert sight.fields(TeamMemberAdded) == frozenset()
    assert sight.names(Role.JOB_COACH) == NAMES
    assert sight.names(Role.CARE_WORKER) == sight.names(Role.NETWORK_MEMBER) == frozenset()


def test_a_relative_knows_client_and_professionals_by_name_and_no_other_relatives():
    sight = sees(Role.NETWORK_MEMBER, network())
    assert sight.names() == sight.names(Role.JOB_COACH) == NAMES
    assert sight.names(Role.NETWORK_MEMBER) == frozenset()


def test_a_broker_knows_no_name_before_the_client_allows_it():
    on_team = member(Role.JOB_BROKER)
    assert sees(Role.JOB_BROKER, *on_team).names() == frozenset()
    allowed = permission(some_id("Jo"), "A")
    assert sees(Role.JOB_BROKER, *on_team, allowed).names() == NAMES


def test_a_broker_is_shown_skills_and_wishes_by_permission_and_nothing_about_health():
    on_team = member(Role.JOB_BROKER)
    assert sees(Role.JOB_BROKER, *on_team).fields(PreferencesStated) == frozenset()
    allowed = sees(Role.JOB_BROKER, *on_team, permission(some_id("Jo"), "D"))
    assert {"job_types", "no_go"} <= allowed.fields(PreferencesStated)
    assert "words" not in allowed.fields(PreferencesStated)
    shown = {"occurred_on", "note", "skills", "placement"}
    assert allowed.fields(VocationalProfileRecorded) == shown


def test_a_broker_reads_what_they_were_asked_and_nothing_else_of_the_search():
    assert "broker" in ADDRESSED
    sight = sees(Role.JOB_BROKER, *member(Role.JOB_BROKER), permission(some_id("Jo"), "E"))
    assert sight.fields(BrokerRequestMade, own=True) == field_kinds(BrokerRequestMade).keys()
    assert sight.fields(BrokerRequestMade) == sight.fields(NetworkLeadOffered) == frozenset()


def test_of_a_lead_only_professionals_read_whom_to_ask_for():
    assert "ask_for" in sees(Role.JOB_COACH, *COACH_INSIDE).fields(NetworkLeadOffered)
    own = sees(Role.CLIENT, client()).fields(NetworkLeadOffered)
    assert {"words", "place"} <= own
    assert "ask_for" not in own
    assert sees(Role.NETWORK_MEMBER, network()).fields(NetworkLeadOffered, own=True) == frozenset()


def test_the_categories_to_look_in_follow_the_permissions():
    on_team = member(Role.JOB_BROKER)
    assert sees(Role.JOB_BROKER, *on_team).categories() == {*"EFG"}
    allowed = permission(some_id("Jo"), "B,D,J")
    assert sees(Role.JOB_BROKER, *on_team, allowed).categories() == {*"BDEFG"}
    assert sees(Role.EMPLOYER, *EMPLOYED).categories() == {*"EFG"}


def test_words_are_left_out_of_what_is_shown():
    stored: dict[str, Any] = {"occurred_on": "2026-03-01", "mode": "phone", "text": "Over zijn zus"}
    assert show(SupportContact, stored, frozenset(FACTS)) == {
        "occurred_on": "2026-03-01",
        "mode": "phone",
    }
    assert show(SupportContact, stored, frozenset(FULL)) == stored
    assert show(SupportContact, stored, frozenset()) == {}


def test_why_something_was_noted_late_is_somebodys_words():
    for event in BY_TYPE.values():
        assert field_kinds(event)["late_reason"] is Kind.WORDS


def test_a_correction_is_shown_by_the_rules_of_what_it_corrects():
    body = {"given_name": "Noor", "family_name": "Bakker", "phone": "06", "occurred_on": "x"}
    stored = {"target_type": "person.registered.v1", "reason": "typefout", "body": body}
    words = frozenset({Kind.FACT, Kind.WORDS, Kind.HEALTH})
    assert show(RegistrationCorrected, stored, words)["body"] == {"occurred_on": "x"}
    assert "body" not in show(RegistrationCorrected, stored, frozenset(FACTS))
    unknown = {**stored, "target_type": "no.such.v1"}
    assert show(EntryCorrected, unknown, words)["body"] == {}


def test_an_employer_sees_no_correction_as_such():
    sight = sees(Role.EMPLOYER, *EMPLOYED)
    found = sight.fields(EntryCorrected, Category.JOB, employer=COURIERS, placement=JOB)
    assert found == frozenset()


@pytest.mark.parametrize("limit", LISTED)
def test_every_listed_field_exists_and_is_neither_health_nor_anyones_confidence(limit: Limit):
    for name, fields in LISTED[limit].items():
        kinds = field_kinds(BY_TYPE[name])
        assert fields <= kinds.keys()
        assert {kinds[field] for field in fields} == {Kind.FACT}
        assert not fields & {"late_reason", "reason", "lessons"}


def test_the_list_of_an_ended_job_is_within_that_of_a_running_one():
    running = LISTED[Limit.JOB]
    assert all(fields <= running[name] for name, fields in LISTED[Limit.ENDED_JOB].items())


def test_the_fingerprint_tells_apart_what_may_answer_differently():
    on_team = member(Role.JOB_BROKER)
    allowed = permission(some_id("Jo"), "B,D"), permission(some_id("Jo"), "F", name="2")
    first = sees(Role.JOB_BROKER, *on_team, *allowed)
    again = sees(Role.JOB_BROKER, *reversed(allowed), *on_team)
    assert first.fingerprint == again.fingerprint
    others = {
        sees(Role.JOB_BROKER, *on_team).fingerprint,
        sees(Role.EMPLOYER, *EMPLOYED).fingerprint,
        sees(Role.EMPLOYER, contact(), job(until=YESTERDAY)).fingerprint,
        sees(Role.CARE_WORKER, *COACH_INSIDE).fingerprint,
        sees(Role.CARE_WORKER, *COACH_OUTSIDE).fingerprint,
        first.fingerprint,
    }
    assert len(others) == 6


@pytest.mark.parametrize("role", [Role.EMPLOYER, Role.JOB_BROKER, Role.CLIENT, Role.AUDITOR])
def test_the_fingerprint_tells_nobody_of_a_cause_that_changes_nothing_for_them(role: Role):
    """Whether a coach belongs to the care organisation says that there is care."""
    mine = (*EMPLOYED, *member(Role.JOB_BROKER), *AUDITED, client())
    inside, outside = sees(role, *mine, *COACH_INSIDE), sees(role, *mine, *COACH_OUTSIDE)
    assert inside.relation != outside.relation
    assert inside.fingerprint == outside.fingerprint


def test_a_permission_for_what_is_seen_anyway_leaves_no_trace():
    on_team = member(Role.JOB_BROKER)
    more = permission(some_id("Jo"), "F")
    assert sees(Role.JOB_BROKER, *on_team).fingerprint == (
        sees(Role.JOB_BROKER, *on_team, more).fingerprint
    )


@pytest.mark.parametrize(
    "name", ["job.ended.v1", "trial.ended.v1", "volunteering.ended.v1", "sheltered.ended.v1"]
)
def test_the_end_of_work_itself_narrows_what_the_employer_sees(name: str):
    body = {"occurred_on": YESTERDAY, "placement": JOB, "employer": COURIERS, "reason": "other"}
    fields = BY_TYPE[name].model_fields
    end = BY_TYPE[name].model_validate({key: body[key] for key in body if key in fields})
    assert end.grants(TRACK) == (job(until=YESTERDAY),)


def test_the_day_on_which_work_ended_can_be_corrected():
    end = JobEnded(occurred_on=TODAY, placement=JOB, employer=COURIERS, reason=EndReason.OTHER)
    facts = Facts(TODAY, RIA, Role.JOB_COACH)
    body = end.model_dump(mode="json") | {"occurred_on": YESTERDAY.isoformat()}
    better = CorrectEntry(entry=some_id("entry"), reason="een dag eerder", body=body)
    corrected = better.corrected(end, facts)
    assert corrected is not None
    assert corrected.occurred_on == YESTERDAY


def test_a_choice_is_addressed_to_who_took_part_in_it():
    def part(name: str | None, took_part: TookPart) -> Participant:
        person = name and some_id(name)
        return Participant(role=Role.CLIENT_MANAGER, person=person, took_part=took_part)

    there, asked, not_asked = TookPart.PRESENT, TookPart.CONSULTED, TookPart.NOT_ASKED
    parts = (part("Ank", there), part("Jo", asked), part("Mo", not_asked), part(None, there))
    wanted = (some_id("Ank"), some_id("Jo"))
    assert addressed({"participants": parts}) == wanted
    stored = [each.model_dump(mode="json", exclude_none=True) for each in parts]
    assert addressed({"participants": stored}) == tuple(map(str, wanted))
    assert addressed({"person": some_id("Bas"), "participants": parts}) == (some_id("Bas"), *wanted)
    assert addressed({"question": "hoe nu?"}) == ()


def test_of_an_entry_without_a_fact_that_is_seen_no_name_is_seen_either():
    for role, grants in ((Role.EMPLOYER, EMPLOYED), (Role.CLIENT, [client()])):
        seen = sees(role, *grants).fields(PersonRegistered, Category.IDENTITY)
        assert bool(seen) == (role is Role.CLIENT)


def test_who_sees_persons_by_pseudonym_sees_the_names_where_they_are_named():
    there = team(Role.JOB_COACH, TOWN), held(Role.PRIVACY_OFFICER, TOWN)
    guard = sees(Role.PRIVACY_OFFICER, *there)
    for category in Category:
        by_name = category in {Category.PERMISSIONS, Category.ACCESS}
        assert guard.named(category) == by_name
        assert bool(guard.names(within=category)) == by_name
    audited = sees(Role.AUDITOR, *AUDITED)
    assert not any(map(audited.named, Category))
    assert not any(audited.names(within=category) for category in Category)
    assert all(map(sees(Role.CLIENT, client()).named, Category))


def test_a_coach_knows_by_name_who_works_or_stands_around_the_client():
    coach = sees(Role.JOB_COACH, *COACH_INSIDE)
    nameless = {Role.AUDITOR, Role.SYSADMIN, Role.PEER}
    for role in Role:
        assert bool(coach.names(role)) == (role not in nameless)


def test_an_own_entry_of_an_employer_is_limited_as_well_when_it_names_no_job():
    employer = sees(Role.EMPLOYER, *EMPLOYED)
    assert Limit.JOB in employer.kinds(Category.SEARCH, own=True)


def test_the_fingerprint_is_short_and_tells_jobs_apart():
    prints = {
        sees(Role.EMPLOYER, contact(at), job(at, placement)).fingerprint
        for at in (COURIERS, BAKERY)
        for placement in (JOB, OLD_JOB)
    }
    assert len(prints) == 4
    assert all(re.fullmatch("[0-9a-f]{24}", each) for each in prints)
