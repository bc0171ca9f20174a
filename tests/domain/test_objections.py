"""Who disagrees with a choice is shown with it, and with the one that revised it."""

from __future__ import annotations

from domain.events.trust import Agreement
from domain.objections import Chosen, Objection, Stand, objections
from domain.roles import Role
from tests.spec import COACH, TODAY, an_id

FIRST, SECOND, THIRD = an_id("first"), an_id("second"), an_id("third")


def chosen(decision, *stands, revises=None):
    return Chosen(an_id(f"entry of {decision}"), decision, TODAY, stands, revises)


def stand(role, agreement, words=None, person=None):
    return Stand(role, person, agreement, words)


def view(decision, by, words="ik zie het anders"):
    return Objection(an_id(words), decision, by, TODAY, words)


def found(choice, *others, views=()):
    return [
        (each.by, each.words)
        for each in objections(choice, {each.decision: each for each in others}, views)
    ]


CLIENT_AGAINST = stand(Role.CLIENT, Agreement.DISAGREE, "liever niet")
COACH_AGAINST = stand(Role.JOB_COACH, Agreement.DISAGREE, "te vroeg", COACH)


def test_the_client_comes_first_and_then_the_others():
    choice = chosen(FIRST, COACH_AGAINST, CLIENT_AGAINST)
    views = [view(FIRST, Role.CARE_WORKER), view(FIRST, Role.CLIENT), view(SECOND, Role.CLIENT)]
    assert found(choice, views=views) == [
        (Role.CLIENT, "liever niet"),
        (Role.CLIENT, "ik zie het anders"),
        (Role.JOB_COACH, "te vroeg"),
        (Role.CARE_WORKER, "ik zie het anders"),
    ]


def test_who_agrees_or_was_not_asked_disagrees_with_nothing():
    choice = chosen(
        FIRST, *(stand(Role.CLIENT, each) for each in Agreement if each is not Agreement.DISAGREE)
    )
    assert found(choice) == []


def test_it_goes_on_with_what_revised_the_choice():
    first = chosen(FIRST, CLIENT_AGAINST)
    second = chosen(SECOND, revises=FIRST)
    third = chosen(THIRD, stand(Role.JOB_COACH, Agreement.AGREE), revises=SECOND)
    assert found(third, first, second) == [(Role.CLIENT, "liever niet")]
    (carried,) = objections(third, {FIRST: first, SECOND: second}, ())
    assert "hiermee herzien" in carried.told(THIRD).nl
    assert carried.told(FIRST).nl == "De cliënt is het niet eens met deze keuze."


def test_until_they_say_that_they_agree():
    first = chosen(FIRST, CLIENT_AGAINST, COACH_AGAINST)
    agrees = stand(Role.CLIENT, Agreement.RESERVATION, "vooruit")
    second = chosen(SECOND, agrees, revises=FIRST)
    assert found(second, first) == [(Role.JOB_COACH, "te vroeg")]
    another = stand(Role.JOB_COACH, Agreement.AGREE, person=an_id("another coach"))
    third = chosen(THIRD, another, revises=SECOND)
    assert found(third, first, second) == [(Role.JOB_COACH, "te vroeg")]
    later = view(SECOND, Role.CLIENT, "toch niet")
    assert found(second, first, views=[later])[0] == (Role.CLIENT, "toch niet")


def test_what_is_not_known_carries_nothing_and_a_circle_ends():
    assert found(chosen(SECOND, revises=FIRST)) == []
    one, other = chosen(FIRST, revises=SECOND), chosen(SECOND, revises=FIRST)
    assert found(one, one, other) == []
