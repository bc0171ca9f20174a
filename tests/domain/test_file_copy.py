"""A copy of the file: the client asks, others' words are looked over, and a record holder gives."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from pydantic import ValidationError

from domain.events.base import Category, Grant, GrantKind
from domain.events.file_copy import CopyGiven, CopyRequested
from domain.policy import Reader, Relation, has_a_copy, may_append, may_record, relation
from domain.policy.permitted import OPENED
from domain.roles import Role
from domain.rules.erasure import DecideErasure
from domain.rules.file_copy import GiveCopy, RequestCopy, not_given
from domain.state import fold
from tests.domain.histories import CLOSED, REFERRED, TOMORROW, YESTERDAY
from tests.domain.test_protection import REFUSED, WISH
from tests.spec import CLIENT, COACH, TODAY, an_id, given

CARE, TOWN, TRACK = map(an_id, ("care", "town", "track"))
REQUEST, FAY, BAS = map(an_id, ("request", "Fay", "Bas"))
ASKED = CopyRequested(
    occurred_on=TODAY, request=REQUEST, answer_by=date(2026, 4, 10), words="graag op papier"
)
GIVEN = CopyGiven(
    occurred_on=TODAY, request=REQUEST, organisation=CARE, checked_by=BAS, checked_on=TODAY
)


def test_a_copy_is_asked_and_answered_within_a_month():
    ask = RequestCopy(request=REQUEST, words="graag op papier")
    given(REFERRED).when(ask).by(Role.CLIENT).then(ASKED)
    given(REFERRED, CLOSED).when(ask).by(Role.CLIENT).then(ASKED)
    given(REFERRED, ASKED).when(ask).by(Role.CLIENT).nothing()
    given().when(ask).by(Role.CLIENT).refused("Noteer eerst de aanmelding")


def give(*past, organisation=CARE, **more):
    command = GiveCopy(**{"request": REQUEST, "checked_by": BAS, "checked_on": TODAY, **more})
    found = given(REFERRED, *past).when(command).by(Role.PRIVACY_OFFICER, FAY)
    return replace(found, facts=found.facts._replace(organisation=organisation))


def test_it_is_given_once_others_words_were_looked_over():
    give(ASKED).then(GIVEN)
    give(ASKED, CLOSED).then(GIVEN)
    give(ASKED, GIVEN).nothing()
    give(ASKED, GIVEN, checked_by=FAY).refused("al genoteerd")
    give(ASKED, GIVEN, organisation=TOWN).refused("al genoteerd")
    again = ASKED.model_copy(update={"request": an_id("again")})
    assert give(ASKED, GIVEN, again, request=again.request).decide()


def test_what_was_not_asked_is_not_given_and_neither_is_it_for_no_organisation():
    give().refused("Dit verzoek staat er niet", at="request")
    give(ASKED, organisation=None).refused("Meld je aan voor je organisatie")


@pytest.mark.parametrize("missing", ["checked_by", "checked_on"])
@pytest.mark.parametrize(
    ("command", "asked"),
    [(GiveCopy, {}), (DecideErasure, {"record": "care_file", "outcome": "granted"})],
)
def test_no_copy_and_no_answer_without_who_looked_it_over_and_when(command, asked, missing):
    whole = {"request": REQUEST, "checked_by": BAS, "checked_on": TODAY, **asked}
    assert command(**whole)
    with pytest.raises(ValidationError) as error:
        command(**{name: each for name, each in whole.items() if name != missing})
    assert [each["loc"] for each in error.value.errors()] == [(missing,)]


def erase(**more):
    command = DecideErasure(
        **{"request": REQUEST, "checked_by": BAS, "checked_on": TODAY, **more},
        record="care_file",
        outcome="granted",
    )
    found = given(REFERRED, WISH).when(command).by(Role.PRIVACY_OFFICER, FAY)
    return replace(found, facts=found.facts._replace(organisation=CARE))


def copy(**more):
    return give(ASKED, **more)


@pytest.mark.parametrize("answer", [copy, erase])
def test_it_is_looked_over_by_a_colleague_and_after_it_was_asked(answer):
    assert answer().knowing((BAS, Role.CARE_WORKER, CARE)).decide()
    assert answer(checked_by=FAY).knowing((FAY, Role.PRIVACY_OFFICER, CARE)).decide()
    answer().knowing().refused("iemand van jouw organisatie", at="checked_by")
    elsewhere = answer().knowing((BAS, Role.CARE_WORKER, TOWN))
    elsewhere.refused("iemand van jouw organisatie", at="checked_by")
    client = answer(checked_by=CLIENT).knowing((CLIENT, Role.PEER_WORKER, CARE))
    client.refused("en niet de cliënt", at="checked_by")
    answer(checked_on=TOMORROW).refused("moet nog komen", at="checked_on")
    answer(checked_on=YESTERDAY).refused("van voor het verzoek", at="checked_on")


def test_another_check_is_another_answer_to_a_request_to_erase():
    (answered,) = erase(checked_by=FAY).decide()
    found = fold([REFERRED, WISH, REFUSED, answered]).protection.request(REQUEST)
    assert [each.checked_by for each in found.decided] == [FAY]
    old = REFUSED.model_copy(update={"checked_by": None, "checked_on": None})
    assert fold([REFERRED, WISH, old]).protection.request(REQUEST).decided[0].checked_by is None


def test_a_given_copy_takes_the_place_of_the_request():
    """So what is promised stands for as long as it is open."""
    assert ASKED.STANDS == GIVEN.STANDS
    assert fold([REFERRED, ASKED]).protection.copy_asked(REQUEST).given is None
    assert fold([REFERRED, ASKED, GIVEN]).protection.copy_asked(REQUEST).given == (
        *(CARE, BAS, TODAY),
    )


def represents(*categories: Category) -> Relation | None:
    letters = ",".join(sorted(categories))
    row = Grant(TRACK, "mandate/x", COACH, GrantKind.MANDATE, categories=letters)
    return relation(Reader(COACH, Role.LEGAL_REPRESENTATIVE), TRACK, [row], TODAY)


def test_who_represents_the_client_in_everything_asks_for_it_and_nobody_in_less():
    whole = OPENED[Role.LEGAL_REPRESENTATIVE]
    assert may_record(represents(*whole), RequestCopy)
    assert may_append(represents(*whole), [ASKED])
    for each in whole:
        assert not may_append(represents(*(whole - {each})), [ASKED])
    assert not may_append(represents(*whole), [GIVEN])


def test_it_is_asked_by_the_client_and_given_by_a_privacy_officer():
    def tied(role: Role) -> Relation:
        return Relation(Reader(COACH, role), TRACK)

    asks = {role for role in Role if may_append(tied(role), [ASKED])}
    gives = {role for role in Role if may_append(tied(role), [GIVEN])}
    assert asks == {Role.CLIENT}
    assert gives == {Role.PRIVACY_OFFICER}
    assert {role for role in Role if has_a_copy(role)} == {Role.CLIENT}


def test_while_there_is_no_copy_it_is_told_how_to_ask_or_by_when_an_answer_comes():
    assert "Vraag erom" in not_given(None).to("nl")
    assert "uiterlijk 10 april 2026 krijg" in not_given(date(2026, 4, 10)).to("nl")
    assert "by 10 April 2026." in not_given(date(2026, 4, 10)).to("en")
