"""Corrections: nothing is rewritten; who wrote it, or the client, says how it should read."""

from __future__ import annotations

import pytest

from domain.events.base import Category
from domain.events.correction import EntryCorrected
from domain.events.eigen_kracht import EkActionAdded
from domain.events.leads import BrokerRequestMade
from domain.events.people import PersonRegistered, RegistrationCorrected, RoleGiven
from domain.events.profile import VocationalProfileUpdated
from domain.events.referral import WordsBy
from domain.events.search import Mode
from domain.events.setback import SetbackSignalled, SignalledBy
from domain.events.support import SupportContact, WithWhom
from domain.events.team import TeamMemberAdded
from domain.events.trust import (
    Agreement,
    DissentRecorded,
    Participant,
    TookPart,
    TrustDecisionRecorded,
)
from domain.events.wellbeing import WellbeingScored
from domain.roles import Role
from domain.rules import Refused
from domain.rules.corrections import CorrectEntry, CorrectRegistration
from domain.rules.setback import SignalSetback
from tests.domain.histories import CLOSED, COURIERS, JOB, REFERRED, TOMORROW, YESTERDAY
from tests.spec import CLIENT, COACH, TODAY, an_id, given

ENTRY = an_id("entry")
TALK = SupportContact(
    occurred_on=YESTERDAY,
    note=an_id("note"),
    mode=Mode.WALK,
    with_whom=WithWhom.CLIENT,
    text="goed",
)

DISAGREED = Participant(role=Role.CLIENT, took_part=TookPart.PRESENT, agreement=Agreement.DISAGREE)
CHOICE = TrustDecisionRecorded(
    occurred_on=YESTERDAY,
    decision=ENTRY,
    question="Nu al meer uren?",
    client_want="Nog niet.",
    client_words_by=WordsBy.NOTED,
    choice="Ja, vier uur erbij.",
    rationale="De werkgever vroeg het.",
    review_on=TOMORROW,
    participants=(DISAGREED,),
)


def correct(body, **change):
    fields = {**body.model_dump(mode="json", exclude_none=True), **change}
    return CorrectEntry(entry=ENTRY, reason="vergist", body=fields)


def corrected(body, **change):
    return EntryCorrected(
        occurred_on=TODAY,
        target=ENTRY,
        target_type=body.TYPE,
        reason="vergist",
        body={**body.model_dump(mode="json", exclude_none=True), **change},
    )


def test_an_entry_is_corrected_by_who_wrote_it_or_by_the_client():
    asked = given(REFERRED, TALK).when(correct(TALK, text="beter"))
    asked.about(TALK).then(corrected(TALK, text="beter"))
    asked.about(TALK, recorded_by=an_id("Bas")).by(Role.CLIENT).then(corrected(TALK, text="beter"))
    asked.about(TALK, recorded_by=an_id("Bas")).refused("Wie dit schreef", at="entry")
    assert asked.about(TALK, recorded_by=an_id("Bas")).on_behalf_of(CLIENT).decide()


def test_the_same_body_corrects_nothing():
    given(REFERRED, TALK).when(correct(TALK)).about(TALK).nothing()


def test_a_correction_falls_under_the_row_of_its_target():
    assert corrected(TALK).category is Category.SUPPORT
    assert corrected(JOB).category is Category.JOB
    unknown = corrected(TALK).model_copy(update={"target_type": "from.later.v1"})
    assert unknown.category is Category.CLINICAL


def test_after_a_closing_a_correction_is_still_possible():
    asked = given(REFERRED, TALK, CLOSED).when(correct(TALK, text="beter"))
    assert asked.about(TALK).decide()


def test_there_must_be_such_an_entry_in_such_a_trajectory():
    given(REFERRED).when(correct(TALK)).refused("Kies de notitie", at="entry")
    given().when(correct(TALK)).about(TALK).refused("Noteer eerst de aanmelding")


def test_rights_are_never_changed_by_a_correction():
    added = TeamMemberAdded(occurred_on=YESTERDAY, person=an_id("Bas"), role=Role.CARE_WORKER)
    asked = given(REFERRED, added).when(correct(added, role="peer_worker"))
    asked.about(added).refused("Noteer wat nu anders is", at="entry")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        (
            EkActionAdded(
                occurred_on=YESTERDAY,
                plan=an_id("plan"),
                action=an_id("action"),
                person=an_id("nephew"),
                what="de brieven sorteren",
            ),
            "person",
        ),
        (
            BrokerRequestMade(
                occurred_on=YESTERDAY,
                request=an_id("asked"),
                broker=an_id("Jo"),
                job_types=("bakker",),
            ),
            "broker",
        ),
    ],
)
def test_whose_an_entry_is_does_not_move_by_a_correction(body, field):
    moved = given(REFERRED, body).when(correct(body, **{field: str(an_id("somebody else"))}))
    moved.about(body).refused("staat vast", at=f"body.{field}")


@pytest.mark.parametrize(
    ("body", "change", "field"),
    [
        (TALK, {"mode": "telepathie"}, "mode"),
        (TALK, {"occurred_on": "2026-02-30"}, "occurred_on"),
        (TALK, {"text": "a\x00b"}, "text"),
        (TALK, {"text": "x" * 10_001}, "text"),
        (TALK, {"location": "x" * 201}, "location"),
        (JOB, {"hours_per_week": 999}, "hours_per_week"),
        (JOB, {"starts_on": "0001-01-01"}, "starts_on"),
        (WellbeingScored(occurred_on=TODAY, note=ENTRY, score=5), {"score": 11}, "score"),
    ],
)
def test_a_body_that_cannot_be_names_the_field(body, change, field):
    asked = given(REFERRED, body).when(correct(body, **change)).about(body)
    asked.refused("Dit kan hier zo niet staan", at=f"body.{field}")


def test_the_bounds_are_those_of_a_new_entry_also_inside_a_list():
    assert given(REFERRED, TALK).when(correct(TALK, text="x" * 201)).about(TALK).decide()
    profile = VocationalProfileUpdated(occurred_on=YESTERDAY, note=ENTRY, skills=("rekenen",))
    for body, field, value in (
        (profile, "skills", ["a\x00b"]),
        (CHOICE, "participants", [{**CHOICE.participants[0].model_dump(), "words": "a\x00b"}]),
    ):
        asked = given(REFERRED, body).when(correct(body, **{field: value})).about(body)
        asked.by(Role.CLIENT).refused("Dit kan hier zo niet staan", at=f"body.{field}")


def test_a_field_that_is_not_its_own_is_refused():
    asked = given(REFERRED, TALK).when(correct(TALK, mood=3)).about(TALK)
    asked.refused("een veld bij dat hier niet hoort", at="body")


@pytest.mark.parametrize(
    ("body", "change", "field"),
    [
        (JOB, {"placement": str(an_id("other job"))}, "placement"),
        (JOB, {"employer": str(an_id("other employer"))}, "employer"),
        (TALK, {"note": str(an_id("other note"))}, "note"),
        (REFERRED, {"client": str(an_id("Els"))}, "client"),
    ],
)
def test_where_an_entry_belongs_stays_as_it_is(body, change, field):
    asked = given(REFERRED, body).when(correct(body, **change)).about(body)
    asked.refused("staat vast", at=f"body.{field}")


def test_an_employer_named_by_mistake_is_corrected_and_must_exist():
    asked = correct(TALK, employer=str(COURIERS))
    assert given(REFERRED, TALK).when(asked).about(TALK).decide()
    assert [reference for reference, _ in asked.refers().values()] == [COURIERS]
    assert correct(TALK, employer="niets").refers() == {}


def test_a_correction_moves_nothing_into_the_future():
    asked = given(REFERRED, TALK).when(correct(TALK, occurred_on=TOMORROW.isoformat()))
    asked.about(TALK).refused("moet nog komen", at="body.occurred_on")


def test_a_registration_is_corrected_too():
    tom = PersonRegistered(occurred_on=YESTERDAY, given_name="Tom", family_name="de Wit")
    body = {"occurred_on": YESTERDAY.isoformat(), "given_name": "Tom", "family_name": "De Wit"}
    asked = given(tom).when(CorrectRegistration(entry=ENTRY, reason="hoofdletter", body=body))
    asked.about(tom).then(
        RegistrationCorrected(
            occurred_on=TODAY,
            target=ENTRY,
            target_type=tom.TYPE,
            reason="hoofdletter",
            body=body,
        )
    )
    role = RoleGiven(occurred_on=TODAY, role=Role.JOB_COACH, organisation=an_id("care"))
    asked.about(role).refused("Dit kun je niet verbeteren", at="entry")


@pytest.mark.parametrize(
    "body",
    [
        DissentRecorded(
            occurred_on=TODAY,
            note=ENTRY,
            decision=an_id("choice"),
            by=Role.CARE_WORKER,
            text="Ik had het rustiger aan gedaan.",
        ),
        SetbackSignalled(occurred_on=TODAY, setback=ENTRY, by=SignalledBy.NETWORK, words="stil"),
    ],
)
def test_what_somebody_said_in_their_own_name_is_theirs_to_correct(body):
    asked = given(REFERRED, body).when(correct(body, occurred_on=YESTERDAY.isoformat()))
    asked.about(body, an_id("Bas")).by(Role.CLIENT).refused("eigen verhaal", at="entry")
    assert asked.about(body).decide()
    forged = given(REFERRED, body).when(correct(body, by="client"))
    forged.about(body).refused("staat vast", at="body.by")


@pytest.mark.parametrize(
    "role", [Role.EMPLOYER, Role.NETWORK_MEMBER, Role.PEER_WORKER, Role.LEGAL_REPRESENTATIVE]
)
def test_an_outsider_does_not_hear_how_it_stands(role):
    asked = given(REFERRED, JOB, CLOSED).when(SignalSetback()).by(role)
    asked = asked.not_seeing(Category.REFERRAL)
    asked.refused("Vertel het aan de persoon om wie het gaat")
    with pytest.raises(Refused) as refusal:
        asked.decide()
    assert not {"traject", "afgerond", "cliënt"} & set(refusal.value.text.nl.lower().split())


def test_only_the_client_takes_back_that_they_disagreed():
    choice = CHOICE
    gone = given(REFERRED, choice).when(correct(choice, participants=[])).about(choice)
    gone.refused("dat blijft staan", at="body.participants")
    assert gone.by(Role.CLIENT).decide()
    for role, agreement in (
        (Role.CLIENT, Agreement.AGREE),
        (Role.CARE_WORKER, Agreement.DISAGREE),
    ):
        other = Participant(role=role, took_part=TookPart.PRESENT, agreement=agreement)
        made = choice.model_copy(update={"participants": (other,)})
        assert given(REFERRED, made).when(correct(made, participants=[])).about(made).decide()
    typo = given(REFERRED, choice).when(correct(choice, rationale="De werkgever vroeg erom."))
    assert typo.about(choice).decide()


def test_nobody_but_the_client_says_that_the_words_are_the_clients():
    wish = CHOICE.model_copy(update={"participants": (), "client_words_by": WordsBy.NOTED})
    claimed = given(REFERRED, wish).when(correct(wish, client_words_by="client")).about(wish)
    claimed.refused("schrijft de cliënt niet zelf", at="body.client_words_by")
    assert claimed.by(Role.CLIENT).decide()
    own = wish.model_copy(update={"client_words_by": WordsBy.CLIENT})
    other = given(REFERRED, own).when(correct(own, client_want="Iets anders.")).about(own)
    for changed in (other, other.by(Role.PRIVACY_OFFICER)):
        changed.refused("schrijft de cliënt niet zelf", at="body.client_words_by")
    assert other.by(Role.CLIENT).decide()
    beside = given(REFERRED, own).when(correct(own, rationale="Dat vroeg zij.")).about(own)
    assert beside.decide(), "the words themselves are as they were"


def test_words_of_which_nobody_said_whose_pen_it_was_are_corrected_by_who_wrote_them():
    score = WellbeingScored(occurred_on=TODAY, note=ENTRY, score=5, words="moe")
    asked = given(REFERRED, score).when(correct(score, words="wat moe")).about(score)
    asked.then(corrected(score, words="wat moe"))


def test_who_reads_a_signal_stays_whatever_else_is_corrected():
    left = an_id("no longer there")
    worry = SetbackSignalled(
        occurred_on=TODAY, setback=ENTRY, by=SignalledBy.CLIENT, wants_reader=left, words="stil"
    )
    asked = given(REFERRED, worry).when(correct(worry, words="erg stil")).about(worry, CLIENT)
    asked.by(Role.CLIENT).then(corrected(worry, words="erg stil"))
    chosen = given(REFERRED, worry).when(correct(worry, wants_reader=str(an_id("stranger"))))
    chosen.about(worry, CLIENT).by(Role.CLIENT).refused("leest dit niet", at="body.wants_reader")


@pytest.mark.parametrize("before", [None, str(an_id("Bas"))])
def test_nobody_but_the_client_chooses_who_reads_their_signal(before):
    worry = SetbackSignalled(
        occurred_on=TODAY, setback=ENTRY, by=SignalledBy.CLIENT, wants_reader=before
    )
    fields = {**worry.model_dump(mode="json", exclude_none=True), "wants_reader": str(COACH)}
    moved = given(REFERRED, worry).when(CorrectEntry(entry=ENTRY, reason="ik", body=fields))
    moved.about(worry, CLIENT).on_behalf_of(CLIENT).refused("staat vast", at="body.wants_reader")
    own = worry.model_copy(update={"by": SignalledBy.JOB_COACH})
    fields["by"] = "job_coach"
    moved = given(REFERRED, own).when(CorrectEntry(entry=ENTRY, reason="ik", body=fields))
    moved.about(own).refused("staat vast", at="body.wants_reader")
    fields["by"] = "client"
    member = TeamMemberAdded(occurred_on=TODAY, person=COACH, role=Role.JOB_COACH)
    mine = given(REFERRED, member, worry).when(
        CorrectEntry(entry=ENTRY, reason="toch", body=fields)
    )
    assert mine.about(worry, CLIENT).by(Role.CLIENT).decide()
