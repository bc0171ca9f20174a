"""Looking for work: from the first day on."""

from __future__ import annotations

from domain.events.search import (
    ApplicationMade,
    ContactResult,
    EmployerContactMade,
    InterviewHeld,
    InterviewOutcome,
    Mode,
    NextJobSearchStarted,
    OfferDeclined,
    OfferMade,
)
from domain.rules.search import (
    DeclineOffer,
    LogApplication,
    LogEmployerContact,
    LogInterview,
    LogOffer,
    StartNextSearch,
)
from domain.state import fold
from domain.wording import word
from tests.domain.histories import CLOSED, COURIERS, REFERRED, YESTERDAY
from tests.spec import TODAY, an_id, given

APPLIED = ApplicationMade(
    occurred_on=YESTERDAY, application=an_id("application"), title="kok", employer=COURIERS
)
OFFERED = OfferMade(occurred_on=TODAY, application=APPLIED.application, hours_per_week=12)


def test_an_employer_contact_is_noted_also_without_an_answer():
    asked = LogEmployerContact(employer=COURIERS, mode=Mode.PHONE, result=ContactResult.NO_ANSWER)
    event = EmployerContactMade(occurred_on=TODAY, **asked.said())
    given(REFERRED).when(asked).then(event)
    given(REFERRED, event).when(asked).nothing()
    given(REFERRED, CLOSED).when(asked).refused("afgerond")


def test_only_a_contact_face_to_face_counts_as_the_first():
    def contact(mode: Mode, result: ContactResult) -> EmployerContactMade:
        return EmployerContactMade(
            occurred_on=TODAY, note=an_id(mode), employer=COURIERS, mode=mode, result=result
        )

    phoned = contact(Mode.PHONE, ContactResult.SPOKE)
    missed = contact(Mode.ON_SITE, ContactResult.NO_ANSWER)
    assert fold([REFERRED, phoned, missed]).search.first_in_person_on is None
    met = contact(Mode.ON_SITE, ContactResult.SPOKE)
    assert fold([REFERRED, phoned, met]).search.first_in_person_on == TODAY


def test_an_application_an_interview_and_an_offer():
    apply = LogApplication(application=APPLIED.application, title="kok", employer=COURIERS)
    given(REFERRED, APPLIED).when(apply).nothing()
    given().when(apply).refused("Noteer eerst de aanmelding")
    interview = LogInterview(application=APPLIED.application)
    held = InterviewHeld(occurred_on=TODAY, **interview.said())
    given(REFERRED, APPLIED).when(interview).then(held)
    given(REFERRED, APPLIED, held).when(interview).nothing()
    given(REFERRED).when(interview).refused("dat er gesolliciteerd is", at="application")
    told = interview.model_copy(
        update={"outcome": InterviewOutcome.NOT_CHOSEN, "reason": "ik wilde liever buiten werken"}
    )
    (event,) = given(REFERRED, APPLIED).when(told).decide()
    assert (event.outcome, event.reason) == (told.outcome, told.reason)
    fields = event.model_dump(mode="json", exclude_none=True)
    assert word(event.TYPE, fields, "nl", {}) == "Sollicitatiegesprek gehad: iemand anders gekozen"
    offer = LogOffer(application=APPLIED.application, hours_per_week=12)
    given(REFERRED, APPLIED).when(offer).then(OFFERED)
    given(REFERRED, APPLIED, OFFERED).when(offer).nothing()
    given(REFERRED).when(offer).refused("dat er gesolliciteerd is", at="application")


def test_an_offer_can_be_declined_without_giving_a_reason():
    asked = DeclineOffer(application=APPLIED.application)
    declined = OfferDeclined(occurred_on=TODAY, application=APPLIED.application)
    given(REFERRED, APPLIED, OFFERED).when(asked).then(declined)
    given(REFERRED, APPLIED, OFFERED, declined).when(asked).nothing()
    given(REFERRED, APPLIED).when(asked).refused("Noteer eerst het aanbod", at="application")


def test_the_next_search_starts_whatever_came_before():
    event = NextJobSearchStarted(occurred_on=TODAY)
    given(REFERRED).when(StartNextSearch()).then(event)
    given(REFERRED, event).when(StartNextSearch()).nothing()
    given().when(StartNextSearch()).refused("Noteer eerst de aanmelding")
