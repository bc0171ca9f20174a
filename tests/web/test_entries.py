"""One entry: how it read and reads, who it was shared with, and what its reader can do with it."""

from __future__ import annotations

import re
from html import unescape
from uuid import uuid4

import pytest
from starlette.testclient import TestClient

from api.demo.people import NOOR, PERSONAS, TOM, trajectory_of
from api.web.forms.anew import asked_of
from api.web.forms.form import label
from domain.events import BY_TYPE
from domain.events.base import StreamKind
from eventlog.request import Request
from tests.demo.region import DemoRegion
from tests.web.reading import Sent, forms

TOMS = f"/traject/{trajectory_of(TOM)}"
NOORS = f"/traject/{trajectory_of(NOOR)}"
_ENTRY = re.compile(r'href="([^"]+/regel/[0-9a-f-]{36})"')
_ANEW = re.compile(r'href="([^"]+/regel/[0-9a-f-]{36}/verbeter)"')


def entries(browser: TestClient, path: str, found: re.Pattern[str] = _ENTRY) -> list[str]:
    """Give the entries that a page leads to."""
    return list(dict.fromkeys(found.findall(browser.get(path).text)))


def noted(region: DemoRegion, who: str, text: str, at: str = TOMS, **more: str) -> str:
    """Note a contact with Tom or another, and give where it stands."""
    typed = {"with_whom": "client", "mode": "walk", "text": text, "key": str(uuid4()), **more}
    saved = region.browser(who).post(f"{at}/contact", data=typed, follow_redirects=False)
    assert saved.status_code == 303
    region.projector.catch_up()
    return f"{at}/regel/{saved.headers['location'].rpartition('net=')[2]}"


def corrected(region: DemoRegion, who: str, at: str, **changed: str) -> tuple[int, str]:
    """Put an entry right: change some of its form, as a browser sends it."""
    browser = region.browser(who)
    (form,) = forms(browser.get(f"{at}/verbeter").text, "/verbeter")
    answer = browser.post(form.action, data=form.values | changed, follow_redirects=False)
    region.projector.catch_up()
    return answer.status_code, answer.text


@pytest.mark.parametrize("persona", ["ria", "bas", "tom", "kim"])
def test_each_entry_leads_to_its_own_page(region: DemoRegion, persona: str) -> None:
    who = region.browser(persona)
    own = who.get("/", follow_redirects=True)
    assert own.status_code == 200
    home = NOORS if persona == "kim" else TOMS
    found = entries(who, home)
    assert found
    for each in found[:8]:
        page = who.get(each)
        assert page.status_code == 200
        assert "Wie ziet dit?" in page.text


def to_ank(page: str, name: str) -> list[Sent]:
    """Give the forms of a page by which an entry is shared with Ank."""
    ank = PERSONAS["ank"].actor.person
    return [each for each in forms(page, name) if each.values["recipient"] == str(ank)]


def all_of(browser: TestClient) -> set[str]:
    """Give every entry of Tom's that somebody sees, as the API tells them."""
    found, cursor = set(), ""
    while cursor is not None:
        asked = f"limit=100{cursor and f'&cursor={cursor}'}"
        page = browser.get(f"/api/v1/trajectories/{trajectory_of(TOM)}/timeline?{asked}").json()
        found |= {f"{TOMS}/regel/{each['id']}" for each in page.get("entries", ())}
        cursor = page.get("next")
    return found


@pytest.mark.parametrize("persona", PERSONAS)
def test_what_somebody_does_not_see_is_no_page_for_them(region: DemoRegion, persona: str) -> None:
    who = region.browser(persona)
    own, whole = all_of(who), all_of(region.browser("tom"))
    assert whole
    for each in [*sorted(whole - own)[:12], f"{TOMS}/regel/{uuid4()}"]:
        assert who.get(each).status_code == 404
        assert who.get(f"{each}/verbeter").status_code == 404
    for each in sorted(own)[:2]:
        assert who.get(each).status_code == 200
    assert bool(own) is (who.get(TOMS).status_code == 200)


def test_how_it_read_stays_struck_through_with_why(region: DemoRegion) -> None:
    at = noted(region, "ria", "Wij spraken over de haven.")
    form = region.browser("ria").get(f"{at}/verbeter").text
    assert "Wij spraken over de haven." in form
    assert form.index("Wat ervan afhangt") < form.index("Bewaar hoe het moet zijn")
    better = {"text": "Wij spraken over de <markt>.", "why": "verkeerde plek"}
    assert corrected(region, "ria", at, **better)[0] == 303
    for persona in ("ria", "tom"):
        page = region.browser(persona).get(at).text
        assert "<del>Wij spraken over de haven.</del>" in page
        assert "<ins>Wij spraken over de &lt;markt&gt;.</ins>" in page
        assert "verkeerde plek" in page
    assert "Wat er eerst stond" in region.browser("tom").get(TOMS).text
    wrong = {"text": "Wij spraken over het strand.", "why": "nu goed"}
    assert corrected(region, "ria", at, **wrong)[0] == 303
    page = unescape(region.browser("ria").get(at).text)
    assert page.index("<del>Wij spraken over de haven.") < page.index("<del>Wij spraken over de <m")
    assert page.count("<ins>Wij spraken over de <markt>.") == 1


def test_who_looked_since_is_told_to_the_client_and_to_no_coach(region: DemoRegion) -> None:
    tom, ria = region.browser("tom"), region.browser("ria")
    at = noted(region, "ria", "Wij liepen een rondje.")
    assert tom.get(TOMS).status_code == ria.get(TOMS).status_code == 200
    told = "Sindsdien keek in het dossier:"
    own = entries(tom, TOMS, _ANEW)[0]
    page = unescape(tom.get(own).text)
    looked = page[page.index(told) : page.index("</ul>", page.index(told))]
    assert "Ria Verhoeven" in looked
    assert "Tom Kuipers" not in looked
    assert told not in unescape(ria.get(f"{at}/verbeter").text)


def test_a_form_that_is_sent_unchanged_changes_nothing(region: DemoRegion) -> None:
    """Whatever it is about: what stands in an entry comes back as it stood."""
    ria, seen = region.browser("ria"), set()
    for home in [f"/traject/{each}" for each in ria.get("/api/v1/me").json()["trajectories"]][:12]:
        for at in entries(ria, home, _ANEW):
            (form,) = forms(ria.get(at).text, "/verbeter")
            kind = frozenset(form.values)
            if kind in seen:
                continue
            seen.add(kind)
            before = region.size()
            answer = ria.post(at, data=form.values | {"why": "niets"}, follow_redirects=False)
            assert (answer.status_code, region.size()) == (303, before), (at, form.values)
    assert len(seen) >= 8


def test_of_what_is_not_sent_nothing_changes(region: DemoRegion) -> None:
    at = noted(region, "ria", "Even gebeld.", in_confidence="Zijn zus maakt zich zorgen.")
    sent = {"key": str(uuid4()), "text": "Even samen gebeld.", "why": "wie"}
    answer = region.browser("ria").post(f"{at}/verbeter", data=sent, follow_redirects=False)
    assert answer.status_code == 303
    region.projector.catch_up()
    page = region.browser("ria").get(at).text
    assert "Even samen gebeld." in page
    assert "Zijn zus maakt zich zorgen." in page
    assert "Zijn zus" not in region.browser("tom").get(at).text


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"why": ""}, "Wat klopte er niet?"),
        ({"why": "dag", "occurred_on": "2999-01-01"}, "Deze dag moet nog komen."),
        ({"why": "dag", "occurred_on": "morgen"}, "Welke dag?"),
    ],
)
def test_what_is_not_right_is_told_and_nothing_typed_is_lost(
    region: DemoRegion, changed: dict[str, str], said: str
) -> None:
    at, before = noted(region, "ria", "Dit blijft zo."), region.size()
    status, page = corrected(region, "ria", at, text="Dit typte ik.", **changed)
    assert (status, region.size()) == (422, before)
    assert "Nog niet bewaard" in page
    assert said in unescape(page)
    assert 'aria-invalid="true"' in page
    assert "Dit typte ik." in page


def test_what_another_wrote_is_theirs_to_put_right(region: DemoRegion) -> None:
    at = noted(region, "ria", "Van Ria.")
    for persona in ("tom", "bas"):
        page = region.browser(persona).get(at).text
        assert "/verbeter" not in page
        assert region.browser(persona).get(f"{at}/verbeter").status_code == 403
        typed = {"text": "Anders.", "why": "zomaar", "key": str(uuid4())}
        assert region.browser(persona).post(f"{at}/verbeter", data=typed).status_code in {403, 422}
    assert "Van Ria." in region.browser("ria").get(at).text


def test_what_was_just_saved_can_be_taken_back_until_somebody_looked(region: DemoRegion) -> None:
    at = noted(region, "ria", "Dit was voor een ander dossier.")
    page = f"{TOMS}?na=x&net={at.rpartition('/')[2]}"
    (undo,) = forms(region.browser("ria").get(page).text, "/undo-entry")
    assert "30 seconden" in region.browser("ria").get(page).text
    assert not forms(region.browser("bas").get(page).text, "/undo-entry"), "it is not theirs"
    assert not forms(region.browser("ria").get(page).text, "/undo-entry"), "somebody looked"
    told = region.browser("ria").post(undo.action, data=undo.values)
    assert told.status_code == 422
    assert "Iemand heeft het dossier al bekeken." in told.text
    at = noted(region, "ria", "Ook dit.")
    (undo,) = forms(
        region.browser("ria").get(f"{TOMS}?na=x&net={at.rpartition('/')[2]}").text, "/undo-entry"
    )
    assert region.browser("ria").post(undo.action, data=undo.values).status_code == 200
    region.projector.catch_up()
    assert region.browser("ria").get(at).status_code == 404


def test_the_client_shares_one_entry_sees_what_they_read_and_stops(region: DemoRegion) -> None:
    noor, ank = region.browser("noor"), region.browser("ank")
    hidden = [e for e in entries(noor, NOORS) if ank.get(e).status_code == 404]
    at, form = next(
        (each, form)
        for each in hidden
        for form in forms(noor.get(each).text, "/deel")
        if "Ank" in noor.get(each).text
    )
    page = noor.get(at).text
    (form,) = to_ank(page, "/deel")
    promised = re.search(r'<blockquote class="said"><b>([^<]+)</b>', page)
    assert promised is not None
    assert noor.post(form.action, data=form.values, follow_redirects=False).status_code == 303
    region.projector.catch_up()
    assert promised[1] in ank.get(at).text
    page = noor.get(at).text
    assert "Notitie gestuurd naar Ank Smulders" in page
    (stop,) = forms(page, "/stop-sending-entry")
    answer = noor.post(stop.action, data=stop.values, follow_redirects=False)
    assert answer.headers["location"].startswith(f"{at}?na=")
    region.projector.catch_up()
    assert ank.get(at).status_code == 404
    assert not forms(noor.get(at).text, "/stop-sending-entry")


def test_the_coach_shares_one_by_a_yes_and_the_client_hears_and_stops_it(
    region: DemoRegion,
) -> None:
    at = noted(region, "ria", "Wij liepen langs de haven.", at=NOORS)
    ria, noor, ank = (region.browser(each) for each in ("ria", "noor", "ank"))
    noor.get(NOORS)  # whatever else was new is seen
    (form,) = to_ank(ria.get(at).text, "/send-entry")
    assert form.values["said_yes_on"] == region.services.today().isoformat()
    assert "Wij liepen langs de haven." in ria.get(at).text.partition("<blockquote")[2]
    wrong = ria.post(form.action, data=form.values | {"said_yes_on": "2199-01-01"})
    assert wrong.status_code == 422
    assert "Deze dag moet nog komen." in wrong.text
    assert 'value="2199-01-01"' in wrong.text
    assert ria.post(form.action, data=form.values, follow_redirects=False).status_code == 303
    region.projector.catch_up()
    assert "Wij liepen langs de haven." in ank.get(at).text
    assert forms(ria.get(at).text, "/stop-sending-entry"), "who noted it can take it back"
    for page in (noor.get("/meldingen").text, noor.get(f"{NOORS}/delen").text):
        assert "Ank Smulders" in page
        (stop,) = forms(page, "/stop-sending-entry")
    assert "Je zei op" in noor.get(f"{NOORS}/delen").text
    assert not forms(ank.get("/meldingen").text, "/stop-sending-entry")
    stopped = noor.post(stop.action, data=stop.values, follow_redirects=False)
    assert stopped.headers["location"].startswith(f"{NOORS}/delen?na=")
    region.projector.catch_up()
    assert ank.get(at).status_code == 404
    for page in ("/meldingen", f"{NOORS}/delen?na=x"):
        assert not forms(noor.get(page).text, "/stop-sending-entry")
    assert not to_ank(ria.get(at).text, "/send-entry"), "the client is the one to share it again"
    assert to_ank(noor.get(at).text, "/deel")


def test_what_is_told_is_stopped_where_it_is_told(region: DemoRegion) -> None:
    at = noted(region, "ria", "Wij liepen langs de markt.", at=NOORS)
    ria, noor = region.browser("ria"), region.browser("noor")
    (form,) = to_ank(ria.get(at).text, "/send-entry")
    ria.post(form.action, data=form.values)
    region.projector.catch_up()
    (stop,) = forms(noor.get("/meldingen").text, "/stop-sending-entry")
    stopped = noor.post(stop.action, data=stop.values, follow_redirects=False)
    assert stopped.headers["location"].startswith("/meldingen?na=")
    region.projector.catch_up()
    assert "Bewaard. Het werkt meteen." in noor.get(stopped.headers["location"]).text
    assert not forms(noor.get("/meldingen").text, "/stop-sending-entry")


def test_the_clients_own_words_stand_beside_any_entry(region: DemoRegion) -> None:
    at = noted(region, "ria", "Tom kwam later.")
    (form,) = forms(region.browser("tom").get(at).text, "/mijn-woorden")
    typed = form.values | {"text": "De bus reed niet."}
    assert region.browser("tom").post(form.action, data=typed).status_code == 200
    region.projector.catch_up()
    assert "De bus reed niet." in region.browser("ria").get(at).text
    assert not forms(region.browser("ria").get(at).text, "/mijn-woorden")


def test_shielding_closes_an_entry_to_others_and_opens_it_again(region: DemoRegion) -> None:
    at = noted(region, "ria", "Dit is tussen ons.")
    ria, bas = region.browser("ria"), region.browser("bas")
    assert bas.get(at).status_code == 200
    entry = at.rpartition("/")[2]
    ask = ria.get(f"{TOMS}/shield-entry?entry={entry}").text
    assert "Contact met cliënt" in ask, "the page says which entry it is about"
    assert "Bewaar als kladje" not in ask, "there is nothing to keep"
    (form,) = forms(ask, "/shield-entry")
    assert ria.post(form.action, data=form.values).status_code == 200
    region.projector.catch_up()
    assert bas.get(at).status_code == 404
    (show,) = forms(ria.get(at).text, "/unshield-entry")
    assert "Alleen de cliënt en wie het schreef zien dit." in ria.get(at).text
    assert ria.post(show.action, data=show.values).status_code == 200
    region.projector.catch_up()
    assert bas.get(at).status_code == 200


@pytest.mark.parametrize("back", ["https://elders.example/", "//elders.example", "/demo", "/x"])
def test_a_form_leads_nowhere_else(region: DemoRegion, back: str) -> None:
    typed = {"with_whom": "client", "mode": "walk", "key": str(uuid4()), "back": back}
    saved = region.browser("ria").post(f"{TOMS}/contact", data=typed, follow_redirects=False)
    assert saved.headers["location"].startswith(f"{TOMS}?na=")


CORRECTABLE = [
    each for each in BY_TYPE.values() if each.STREAM is StreamKind.TRAJECTORY and each.CORRECTABLE
]


@pytest.mark.parametrize("event", CORRECTABLE, ids=lambda event: event.TYPE)
def test_everything_of_an_entry_is_asked_in_words(event) -> None:
    assert {each.name for each in asked_of(event)} >= {"occurred_on"}
    for each in asked_of(event):
        assert label(each)


def test_of_what_somebody_may_never_record_nothing_is_decided(
    region: DemoRegion, monkeypatch: pytest.MonkeyPatch
) -> None:
    kim, asked = region.browser("kim"), list[str]()
    at = entries(kim, NOORS)[0]

    def foresee(request: Request) -> bool:
        asked.append(request.command.NAME)
        return False

    monkeypatch.setattr(region.services.handler, "foresee", foresee)
    assert kim.get(at).status_code == 200
    assert asked == []
    assert region.browser("ria").get(entries(region.browser("ria"), TOMS)[0]).status_code == 200
    assert "undo-entry" in asked
