"""Coming in: anyone, along any way, on the wish alone."""

from __future__ import annotations

from datetime import date

import pytest
from pydantic import ValidationError

from domain.events.base import GrantKind
from domain.events.benefit import Benefit
from domain.events.referral import (
    Channel,
    ProgrammeEntered,
    Referred,
    Want,
    WordsBy,
    WorkWishExpressed,
)
from domain.roles import Role
from domain.rules.benefit import NoteBenefits
from domain.rules.referral import EnterProgramme, ExpressWorkWish, Refer
from tests.domain.histories import LONG_AGO, REFERRED, TOMORROW, YESTERDAY
from tests.spec import CLIENT, COACH, TODAY, an_id, given


@pytest.mark.parametrize("channel", list(Channel))
@pytest.mark.parametrize("benefit", list(Benefit))
def test_nobody_is_refused_on_channel_or_benefit(channel, benefit):
    event = Referred(
        occurred_on=TODAY,
        client=CLIENT,
        channel=channel,
        received_by=COACH,
        received_role=Role.JOB_COACH,
    )
    given().when(Refer(client=CLIENT, channel=channel)).then(event)
    noted = NoteBenefits(benefits=(benefit,))
    assert given(event).when(noted).decide()


def test_who_takes_somebody_in_is_on_the_team_at_once():
    (event,) = given().when(Refer(client=CLIENT, channel=Channel.CARE)).decide()
    assert {(grant.kind, grant.holder) for grant in event.grants(an_id("track"))} == {
        (GrantKind.CLIENT, CLIENT),
        (GrantKind.TEAM, COACH),
    }


def test_where_and_for_which_organisation_somebody_comes_in_is_kept():
    asked = Refer(
        client=CLIENT, channel=Channel.WALK_IN, location="bibliotheek", organisation=an_id("care")
    )
    (event,) = given().when(asked).decide()
    assert (event.location, event.organisation) == ("bibliotheek", an_id("care"))


def test_a_client_comes_in_without_a_team():
    for organisation in (None, an_id("care")):
        refer = Refer(client=CLIENT, channel=Channel.SELF, organisation=organisation)
        asked = given().when(refer).by(Role.CLIENT)
        asked.then(Referred(occurred_on=TODAY, client=CLIENT, channel=Channel.SELF))


def test_the_same_referral_again_adds_nothing():
    given(REFERRED).when(Refer(client=CLIENT, channel=REFERRED.channel)).nothing()


def test_a_trajectory_is_of_one_person():
    asked = Refer(client=an_id("Els"), channel=Channel.SELF)
    given(REFERRED).when(asked).refused("Begin een nieuw traject", at="client")


def test_only_a_coach_or_care_worker_takes_somebody_in():
    asked = Refer(
        client=CLIENT,
        channel=Channel.SELF,
        received_by=an_id("Ank"),
        received_role=Role.CLIENT_MANAGER,
    )
    given().when(asked).refused("Voeg anderen toe aan het team", at="received_role")


def test_a_wish_is_kept_in_own_words():
    asked = ExpressWorkWish(wants=(Want.PAID, Want.EDUCATION, Want.PAID), words="Buiten zijn")
    given(REFERRED).when(asked).by(Role.CLIENT).then(
        WorkWishExpressed(
            occurred_on=TODAY,
            note=asked.note,
            wants=(Want.PAID, Want.EDUCATION),
            words="Buiten zijn",
            words_by=WordsBy.CLIENT,
        )
    )


def test_a_wish_that_a_coach_writes_down_says_so():
    asked = ExpressWorkWish(wants=(Want.PAID,), words="Buiten zijn")
    (noted,) = given(REFERRED).when(asked).decide()
    assert noted.words_by is WordsBy.NOTED
    claimed = given(REFERRED).when(asked.model_copy(update={"words_by": WordsBy.CLIENT}))
    claimed.refused("schrijft de cliënt niet zelf", at="words_by")
    for own in (claimed.by(Role.CLIENT), claimed.on_behalf_of(CLIENT)):
        assert own.decide()[0].words_by is WordsBy.CLIENT


def test_a_programme_is_entered_by_its_name():
    asked = EnterProgramme(programme=an_id("programme"))
    (entered,) = given(REFERRED).when(asked).decide()
    assert entered.programme == an_id("programme")


def test_a_wish_needs_a_trajectory_first():
    asked = ExpressWorkWish(wants=(Want.PAID,))
    given().when(asked).refused("Noteer eerst de aanmelding")


def test_a_wish_is_a_wish_for_something():
    with pytest.raises(ValidationError):
        ExpressWorkWish(wants=())


def test_the_first_meeting_starts_the_clock():
    asked = EnterProgramme(occurred_on=YESTERDAY)
    given(REFERRED).when(asked).then(ProgrammeEntered(occurred_on=YESTERDAY))


def test_there_is_one_first_meeting():
    entered = ProgrammeEntered(occurred_on=YESTERDAY)
    given(REFERRED, entered).when(EnterProgramme(occurred_on=YESTERDAY)).nothing()
    again = EnterProgramme(occurred_on=TODAY)
    given(REFERRED, entered).when(again).refused("Verbeter dat", at="occurred_on")


def test_what_is_still_to_come_has_not_happened():
    asked = EnterProgramme(occurred_on=TOMORROW)
    given(REFERRED).when(asked).refused("moet nog komen", at="occurred_on")


def test_late_is_fine_with_a_reason():
    late = EnterProgramme(occurred_on=LONG_AGO)
    given(REFERRED).when(late).refused("langer dan 30 dagen", at="late_reason")
    asked = late.model_copy(update={"late_reason": "lag nog in mijn schrift"})
    given(REFERRED).when(asked).then(
        ProgrammeEntered(occurred_on=LONG_AGO, late_reason="lag nog in mijn schrift")
    )


def test_thirty_days_is_not_late_yet():
    asked = EnterProgramme(occurred_on=date(2026, 2, 8))
    assert given(REFERRED).when(asked).decide()


def test_nobody_supports_themselves():
    own = Refer(client=COACH, channel=Channel.SELF)
    given().when(own).refused("een ander neemt je aan", at="client")
    both = Refer(client=CLIENT, channel=Channel.SELF, received_by=CLIENT)
    given().when(both).by(Role.CLIENT).refused("Niemand begeleidt zichzelf", at="client")
    given().when(both).refused("Niemand begeleidt zichzelf", at="client")


def test_a_client_may_say_who_takes_them_in():
    asked = Refer(client=CLIENT, channel=Channel.SELF, received_by=COACH)
    (event,) = given().when(asked).by(Role.CLIENT).decide()
    assert (event.received_by, event.received_role) == (COACH, Role.JOB_COACH)
    alone = asked.model_copy(update={"received_by": None})
    (event,) = given().when(alone).by(Role.CLIENT).decide()
    assert (event.received_by, event.received_role) == (None, None)


def test_a_coach_takes_in_as_a_coach():
    asked = Refer(
        client=CLIENT,
        channel=Channel.SELF,
        received_by=COACH,
        received_role=Role.CARE_WORKER,
    )
    given().when(asked).refused("de rol waarin je nu werkt", at="received_role")


ONLY_REFERS = sorted(Referred.RECORDED_BY - {Role.CLIENT, Role.JOB_COACH, Role.CARE_WORKER})


@pytest.mark.parametrize("role", ONLY_REFERS)
def test_any_professional_refers_to_who_takes_somebody_in(role):
    asked = Refer(client=CLIENT, channel=Channel.UWV, received_by=an_id("Bo"))
    (event,) = given().when(asked).by(Role(role)).decide()
    assert (event.received_by, event.received_role) == (an_id("Bo"), Role.JOB_COACH)
    assert COACH not in {grant.holder for grant in event.grants(an_id("track"))}


@pytest.mark.parametrize("role", ONLY_REFERS)
def test_who_refers_says_who_takes_it_in_and_does_not_do_so_themselves(role):
    alone = Refer(client=CLIENT, channel=Channel.MUNICIPALITY)
    given().when(alone).by(Role(role)).refused("Noem de jobcoach", at="received_by")
    own = alone.model_copy(update={"received_by": COACH})
    given().when(own).by(Role(role)).refused("neemt iemand aan", at="received_role")


def test_a_care_worker_who_names_themselves_takes_in_as_a_care_worker():
    asked = Refer(client=CLIENT, channel=Channel.CARE, received_by=COACH)
    (event,) = given().when(asked).by(Role.CARE_WORKER).decide()
    assert (event.received_by, event.received_role) == (COACH, Role.CARE_WORKER)
