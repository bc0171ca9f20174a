"""The pages on choices made on trust: as they were made, and what came of them once judged."""

from __future__ import annotations

import html
import re
from uuid import uuid4

import pytest

from api.demo.people import NOOR, TOM, named, trajectory_of
from tests.demo.region import DemoRegion
from tests.web.reading import page

TOMS, NOORS = (f"/traject/{trajectory_of(each)}" for each in (TOM, NOOR))
JUDGED = f"{TOMS}/keuzes/{named(TOM.key, 'begin')}"
CLOSED = "blijft dicht tot je oordeel er staat"
FINDING = "Wie in het team wist dat dit mocht?"


def unjudged(region: DemoRegion) -> str:
    """Find a choice in the auditor's sample of which there is no judgement yet."""
    listed = page(region.browser("kim"), f"{NOORS}/keuzes")
    found = re.search(rf'href="({NOORS}/keuzes/[^"]+)"', listed)
    assert found is not None
    return found[1]


def test_the_choices_are_told_with_what_the_client_wants_and_why(region: DemoRegion) -> None:
    told = page(region.browser("ria"), f"{TOMS}/keuzes")
    for heading in ("Eigen wens", "De keuze", "Waarom"):
        assert f"<b>{heading}:</b>" in told
    assert re.search(r'<h2 class="entry">[^<]+\?</h2>', told), "the question heads it"
    assert "<b>De vraag:</b>" not in told
    assert "teruggekeken" in told
    assert CLOSED not in told


def test_an_auditor_reads_how_a_choice_went_once_it_was_judged(region: DemoRegion) -> None:
    open_ = page(region.browser("kim"), JUDGED)
    assert CLOSED not in open_
    assert FINDING in open_
    assert "We bespreken het in het teamoverleg." in open_
    assert 'value="record-finding"' in open_
    assert 'value="write-judgement"' not in open_


def test_a_reply_is_to_what_an_id_names(region: DemoRegion) -> None:
    answer = region.browser("ria").get(f"{JUDGED}?antwoord=ECHOED")
    assert answer.status_code == 404
    assert "ECHOED" not in answer.text


def test_until_then_it_is_closed_with_the_form_to_write_it(region: DemoRegion) -> None:
    address = unjudged(region)
    closed = page(region.browser("kim"), address)
    assert CLOSED in closed
    assert "eruggekeken" not in closed
    assert 'value="record-finding"' not in closed
    assert f'action="{address}"' in closed
    assert 'value="write-judgement"' in closed


def key_on(told: str) -> str:
    """Give the key of the form on a page."""
    found = re.search(r'name="key" value="([^"]+)"', told)
    assert found is not None
    return found[1]


def test_the_judgement_comes_first_then_the_outcome_then_a_finding(region: DemoRegion) -> None:
    kim, address = region.browser("kim"), unjudged(region)
    closed = page(region.browser("kim"), address)
    judged = {"key": key_on(closed), "form": "write-judgement", "words": "Haar wens ging voor."}
    early = judged | {"key": str(uuid4()), "form": "record-finding", "kind": "learn"}
    refused = kim.post(address, data=early | {"to_whom": "team"})
    assert refused.status_code == 422
    assert CLOSED in html.unescape(refused.text)
    empty = kim.post(address, data=judged | {"words": " "})
    assert empty.status_code == 422
    assert 'id="wrong-words"' in empty.text
    before = region.size()
    for _ in range(2):
        answer = kim.post(address, data=judged, follow_redirects=False)
        assert answer.status_code == 303
        assert answer.headers["location"].startswith(f"{address}?na=")
    assert region.size() == before + 1
    region.projector.catch_up()
    open_ = page(region.browser("kim"), address)
    assert CLOSED not in open_
    assert "Haar wens ging voor." in open_
    finding = {"key": key_on(open_), "form": "record-finding", "kind": "appreciate"}
    found = kim.post(address, data=finding | {"to_whom": "client", "words": "Mooi gevraagd."})
    assert found.status_code == 200
    region.projector.catch_up()
    noor = page(region.browser("noor"), address)
    assert "Mooi gevraagd." in noor
    assert "antwoord=" in noor, "the client has a right of reply"


def test_what_is_written_elsewhere_writes_nothing(region: DemoRegion) -> None:
    before = region.size()
    asked = {"key": str(uuid4()), "form": "write-judgement", "words": "Ik kijk mee."}
    for persona, status in (("ria", 403), ("wim", 403), ("noor", 404)):
        assert region.browser(persona).post(JUDGED, data=asked).status_code == status
    unknown = asked | {"form": "close-course"}
    assert region.browser("ria").post(JUDGED, data=unknown).status_code == 404
    assert region.size() == before


def test_what_a_machine_checks_of_a_choice_stands_beside_it(region: DemoRegion) -> None:
    told = page(region.browser("kim"), JUDGED)
    assert "Er is een moment gekozen om terug te kijken. <b>Dat is zo.</b>" in told


def test_who_was_there_may_reply_to_a_finding_and_writes_no_judgement(region: DemoRegion) -> None:
    told = page(region.browser("ria"), JUDGED)
    form = re.search(r'href="([^"#]+\?antwoord=[^"#]+)#antwoord"', told)
    assert form is not None
    asked = page(region.browser("ria"), form[1])
    assert 'value="reply-to-finding"' in asked
    assert 'value="write-judgement"' not in asked
    assert 'value="record-finding"' not in asked
    reply = {"key": key_on(asked), "form": "reply-to-finding", "finding": form[1][-36:]}
    answer = region.browser("ria").post(JUDGED, data=reply | {"words": "Dat gaan we vragen."})
    assert answer.status_code == 200
    region.projector.catch_up()
    assert "Dat gaan we vragen." in page(region.browser("kim"), JUDGED)


def test_beside_a_choice_stands_only_what_was_known_then(region: DemoRegion) -> None:
    beside = page(region.browser("ria"), JUDGED).partition("Wat er toen bekend was")[2]
    assert "De tijdlijn tot dan" in beside
    assert FINDING not in beside


def test_what_can_be_checked_is_said_in_words_with_what_shows_it(region: DemoRegion) -> None:
    told = page(region.browser("kim"), f"{TOMS}/nagaan")
    assert "Er is een moment gekozen om terug te kijken. <b>Dat is zo.</b>" in told
    assert "Het team sprak de cliënt zo vaak als beloofd" in told
    assert "Maand voor maand" in told
    assert "Kuipers" not in told


def test_what_cannot_be_checked_yet_stands_folded_below_the_newest_first(
    region: DemoRegion,
) -> None:
    told = page(region.browser("ria"), f"{NOORS}/nagaan")
    assert told.index("Met hoeveel uur beginnen") < told.index("Meteen zoeken, of eerst")
    choice = told.partition("Met hoeveel uur beginnen")[2].partition("</section>")[0]
    assert "<summary>Wat je nog niet kunt nakijken</summary>" in choice
    assert choice.index("Hier is dat anders.") < choice.index("<summary>")
    assert "<b>Hier is nog niets" not in choice


@pytest.mark.parametrize("path", ["/nagaan", JUDGED.removeprefix(TOMS), "/keuzes/geen-id"])
def test_what_is_not_for_an_employer_is_not_there(region: DemoRegion, path: str) -> None:
    page(region.browser("wim"), f"{TOMS}{path}", 404)


def test_links_stand_where_there_is_something_behind_them(region: DemoRegion) -> None:
    for persona, path in (("kim", "/overzicht"), ("kim", TOMS), ("ria", TOMS), ("tom", TOMS)):
        told = page(region.browser(persona), path)
        assert f'href="{TOMS}/keuzes"' in told
        assert f'href="{TOMS}/nagaan"' in told
    theirs = page(region.browser("wim"), TOMS)
    assert "/keuzes" not in theirs
    assert "/nagaan" not in theirs


def test_an_employer_reads_of_no_choice(region: DemoRegion) -> None:
    assert "Waarom" not in page(region.browser("wim"), f"{TOMS}/keuzes")


def test_who_sees_a_choice_otherwise_stands_before_it_in_words(region: DemoRegion) -> None:
    told = page(region.browser("ria"), f"{NOORS}/keuzes")
    first = told.rindex('<article class="card choice"')
    view = told.index('<blockquote class="said">', first)
    assert view < told.index("<h2", first)


def test_who_thought_along_is_told_with_where_they_stood(region: DemoRegion) -> None:
    ria = region.browser("ria")
    found = re.findall(rf'href="({NOORS}/keuzes/[^"?#]+)"', page(ria, f"{NOORS}/keuzes"))
    told = "".join(page(ria, each) for each in dict.fromkeys(found))
    assert "Wie meedacht" in told
    assert "<b>Klantmanager</b>: vooraf gevraagd, mee eens, met een kanttekening." in told
