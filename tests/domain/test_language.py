"""The word for the person is a setting: spoken in every text, and in nobody's own words."""

from __future__ import annotations

import pytest

from domain.events.search import InterviewOutcome
from domain.language import LANGUAGES, Text, calling_the_client, verbatim
from domain.roles import Role
from domain.smells import smells
from domain.watching import watched_by
from domain.wording import word

ONE = Text("De cliënt kiest. Cliënten kiezen.", "The client's choice. Clients choose.")


@pytest.mark.parametrize(
    ("called", "nl", "en"),
    [
        ("cliënt", *ONE),
        (
            "inwoner",
            "De inwoner kiest. Inwoners kiezen.",
            "The resident's choice. Residents choose.",
        ),
        (
            "deelnemer",
            "De deelnemer kiest. Deelnemers kiezen.",
            "The participant's choice. Participants choose.",
        ),
    ],
)
def test_it_is_spoken_in_both_languages_one_and_more_of_them(called, nl, en):
    with calling_the_client(called):
        assert tuple(ONE.to(each) for each in LANGUAGES) == (nl, en)
    assert ONE.to("nl") == ONE.nl


def test_words_that_only_look_like_it_stay_as_they_are():
    other = Text("Dit heet client of cliëntenraad.", "The field client_want, clientele.")
    with calling_the_client("inwoner"):
        assert tuple(map(other.to, LANGUAGES)) == other
        assert Role.CLIENT_MANAGER.label.to("en") == "client manager"
        assert Role.CLIENT.label.to("en") == "resident"


def test_what_is_put_in_is_somebodys_own():
    with calling_the_client("inwoner"):
        filled = Text("De cliënt: {it}, {who}", "The client: {it}, {who}").filled(
            it="de cliënt, the client", who=Role.CLIENT.label
        )
        assert filled.to("nl") == "De inwoner: de cliënt, the client, inwoner"
        assert filled.to("en") == "The resident: de cliënt, the client, resident"
        assert verbatim("client").to("en") == "client"
        assert (
            watched_by(["Client Client"], []).to("en") == "Who can read your figures: "
            "Client Client."
        )


def test_a_question_about_words_quotes_them_as_they_were_written():
    with calling_the_client("deelnemer"):
        (found,) = smells("Afspraak door cliënt niet nagekomen")
        assert "“Afspraak door cliënt niet nagekomen”" in found.to("nl")
        (asked,) = smells("niet gemotiveerd")
        assert "Wat zou de deelnemer wel willen?" in asked.to("nl")


def test_an_entry_is_worded_anew_by_another_word_and_never_its_own_words():
    interview = {"outcome": InterviewOutcome.CLIENT_DECLINED.value}
    applied = {"title": "client host", "employer": "x"}
    said = []
    for called in ("cliënt", "inwoner", "deelnemer"):
        with calling_the_client(called):
            said.append(word("interview.held.v1", interview, "nl", {}))
            own = word("application.made.v1", applied, "en", {"x": "The client"})
            assert own == "Applied as client host at The client"
    assert said == [
        f"Sollicitatiegesprek gehad: de {called} wil dit niet"
        for called in ("cliënt", "inwoner", "deelnemer")
    ]
