"""Noting by form: saved once, shown at once, and nothing typed is ever lost."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from starlette.testclient import TestClient

from api.demo.people import COURIERS, ELS, TOM, trajectory_of
from domain.rules.support import LogContact
from tests.demo.region import SAME_SITE, DemoRegion
from tests.web.reading import mark_of

CONTACT = f"/traject/{trajectory_of(ELS)}/contact"
TOMS = f"/traject/{trajectory_of(TOM)}"
PLACEMENT = f"{TOMS}/plaatsing"


def contact(**changed: str) -> dict[str, str]:
    filled = {"with_whom": "client", "mode": "walk", "worked_out": "yes", "key": str(uuid4())}
    return filled | changed


def save(browser: TestClient, path: str, typed: dict[str, str]) -> tuple[int, str]:
    answer = browser.post(path, data=typed, follow_redirects=False)
    return answer.status_code, answer.text


def test_a_contact_is_saved_and_stands_in_the_timeline(region: DemoRegion) -> None:
    ria = region.browser("ria")
    form = ria.get(CONTACT).text
    key = re.search(r'name="key" value="([^"]+)"', form)
    assert key is not None
    assert form.index("Wie ziet dit?") < form.index("Bewaar</button>")
    typed = contact(text="Over de tuin gehad.\r\nEn over de uren.", key=key[1])
    answer = ria.post(CONTACT, data=typed, follow_redirects=False)
    assert answer.status_code == 303
    region.projector.catch_up()
    page = ria.get(answer.headers["location"]).text
    assert "Bewaard." in page
    assert "Over de tuin gehad." in page


def test_what_is_the_clients_to_say_others_note_in_words_of_their_own(region: DemoRegion) -> None:
    form = f"{TOMS}/laat-me-met-rust"
    own, others = (region.browser(each).get(form).text for each in ("tom", "ria"))
    assert "Laat me met rust" in own
    assert "Laat me met rust" not in others
    assert "Laat de cliënt met rust tot" in others
    listed = region.browser("ria").get(f"{TOMS}/noteer").text
    assert "Laat de cliënt met rust tot" in listed
    assert "Laat me met rust" not in listed


def test_who_signals_for_a_client_is_led_to_the_timeline(
    region: DemoRegion, says: Callable[..., str]
) -> None:
    assert "Gezamenlijke tijdlijn" in says(region.browser("ria"), f"{TOMS}/even-niet-goed")


def test_a_double_tap_is_one_entry(region: DemoRegion) -> None:
    ria, typed, before = region.browser("ria"), contact(text="Twee keer getikt."), region.size()
    first, again = (ria.post(CONTACT, data=typed, follow_redirects=False) for _ in range(2))
    assert first.status_code == again.status_code == 303
    assert region.size() == before + 1


def test_a_changed_form_under_the_same_key_is_asked_about(region: DemoRegion) -> None:
    ria, typed = region.browser("ria"), contact(text="Eerst dit.")
    assert save(ria, CONTACT, typed)[0] == 303
    status, page = save(ria, CONTACT, typed | {"text": "Toen dat."})
    assert status == 422
    assert "Dit is al bewaard" in page
    assert "Toen dat." in page
    assert typed["key"] not in page, "the new note gets a key of its own"


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"occurred_on": "2199-01-01"}, "Deze dag moet nog komen"),
        ({"occurred_on": "2020-01-01"}, "langer dan 30 dagen geleden"),
        ({"occurred_on": "31-02-2026"}, "Moet een datum zijn"),
        ({"mode": ""}, "Dit ontbreekt"),
        ({"mode": "teleport"}, "Kies een van"),
        ({"worked_out": "misschien"}, "true of false"),
        ({"text": "nul\x00teken"}, "Bevat tekens"),
        ({"location": "x" * 201}, "Hoogstens 200 tekens"),
    ],
)
def test_what_is_refused_keeps_all_that_was_typed(
    region: DemoRegion, changed: dict[str, str], sentence: str
) -> None:
    typed = contact(text="Dit mag niet weg <b>&", location="dorpshuis") | changed
    before = region.size()
    status, page = save(region.browser("ria"), CONTACT, typed)
    assert status == 422
    assert sentence in page
    assert 'class="wrong"' in page
    (field,) = changed
    field = "late_reason" if changed[field] == "2020-01-01" else field
    assert f'<a href="#q-{field}">' in page, "said at the top, where a phone begins"
    assert f'id="wrong-{field}"' in page
    assert "Alles wat je invulde, staat er nog." in page
    if "text" not in changed:
        assert "Dit mag niet weg &lt;b&gt;&amp;" in page
    assert region.size() == before


def test_a_placement_is_saved(region: DemoRegion) -> None:
    typed = {
        "kind": "volunteering",
        "employer": str(COURIERS),
        "title": "fietsen nakijken",
        "starts_on": region.services.today().isoformat(),
        "hours_per_week": "2,5",
        "key": str(uuid4()),
    }
    ria = region.browser("ria")
    answer = ria.post(PLACEMENT, data=typed, follow_redirects=False)
    assert answer.status_code == 303
    region.projector.catch_up()
    assert "fietsen nakijken bij Fietskoeriers Noord, 2,5 uur per week" in ria.get(
        answer.headers["location"]
    ).text  # fmt: skip


def test_an_employer_that_is_not_in_the_list_comes_with_the_placement(region: DemoRegion) -> None:
    typed = {
        "kind": "volunteering",
        "employer_name": "Kaasmakerij De Zon",
        "title": "kazen keren",
        "tasks": "keren en zouten",
        "days": "ma en wo, 9-12 uur",
        "key": str(uuid4()),
    }
    ria, before = region.browser("ria"), region.size()
    status, page = save(ria, PLACEMENT, typed)  # without a day to start on
    assert (status, region.size()) == (422, before)
    assert 'value="Kaasmakerij De Zon"' in page
    typed |= {"starts_on": region.services.today().isoformat()}
    for _ in range(2):  # a double tap
        answer = ria.post(PLACEMENT, data=typed, follow_redirects=False)
        assert answer.status_code == 303
    assert region.size() == before + 2
    region.projector.catch_up()
    page = ria.get(answer.headers["location"]).text
    assert "kazen keren bij Kaasmakerij De Zon" in page
    assert "Taken: keren en zouten. Wanneer: ma en wo, 9-12 uur" in page


@pytest.mark.parametrize(
    ("persona", "path", "changed", "status"),
    [
        ("bas", PLACEMENT, {}, 403),
        ("sem", PLACEMENT, {}, 404),
        ("ria", f"/traject/{UUID(int=7)}/plaatsing", {}, 404),
        ("ria", PLACEMENT, {"ends_on": "2020-01-01"}, 422),
    ],
)
def test_a_new_employer_does_not_stay_behind_when_its_placement_is_refused(
    region: DemoRegion, persona: str, path: str, changed: dict[str, str], status: int
) -> None:
    typed = {
        "kind": "volunteering",
        "employer_name": "Bakkerij Nergens",
        "title": "brood bezorgen",
        "starts_on": region.services.today().isoformat(),
        "key": str(uuid4()),
    }
    before = region.size()
    assert save(region.browser(persona), path, typed | changed)[0] == status
    assert region.size() == before


def test_a_job_without_contract_says_what_to_choose(region: DemoRegion) -> None:
    typed = {
        "kind": "job",
        "employer": str(COURIERS),
        "title": "planner",
        "starts_on": region.services.today().isoformat(),
        "hours_per_week": "veel",
    }
    status, page = save(region.browser("ria"), PLACEMENT, typed)
    assert status == 422
    assert "Moet een getal zijn" in page
    status, page = save(region.browser("ria"), PLACEMENT, typed | {"hours_per_week": "8"})
    assert status == 422
    assert "Noteer welk contract bij deze baan hoort" in page
    assert 'value="planner"' in page
    assert f'value="{COURIERS}" selected' in page


def test_what_was_typed_survives_the_end_of_the_session(region: DemoRegion) -> None:
    stranger, before = region.browser(), region.size()
    mark = {"device-of": mark_of(region, "ria")}
    typed = contact(text="Geschreven in de trein.\nZonder sessie.")
    status, page = save(stranger, CONTACT, typed | mark)
    assert status == 401
    assert "Wat je typte, staat klaar." in page
    assert region.size() == before
    kept = {f"f.{name}": value for name, value in typed.items()}
    back = stranger.post("/demo/ria", data={"back": CONTACT, **kept})
    assert back.status_code == 200
    assert "Geschreven in de trein.\nZonder sessie." in back.text
    assert typed["key"] in back.text
    assert save(stranger, CONTACT, typed)[0] == 303
    assert region.size() == before + 1


def test_a_choice_to_read_again_is_not_saved_and_says_so(region: DemoRegion) -> None:
    """What waits on a device is sent without a reader: then a page alone means nothing."""
    typed = {
        "question": "Hoe verder?",
        "client_want": "Rustig aan.",
        "choice": "Hij werkt niet mee, dus we wachten.",
        "rationale": "Dat past nu.",
        "review_on": (region.services.today() + timedelta(days=14)).isoformat(),
        "key": str(uuid4()),
    }
    ria, before = region.browser("ria"), region.size()
    status, page = save(ria, f"{TOMS}/keuze", typed)
    assert (status, region.size()) == (422, before)
    assert "Nog even lezen?" in page
    status, _ = save(ria, f"{TOMS}/keuze", typed | {"gelezen": "ja"})
    assert (status, region.size()) == (303, before + 1)


def test_another_site_changes_nothing(region: DemoRegion) -> None:
    ria, before = region.browser("ria"), region.size()
    for headers in ({"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "none"}):
        answer = ria.post(CONTACT, data=contact(), headers=headers)
        assert answer.status_code == 403
    assert region.size() == before


@pytest.mark.parametrize(
    ("content", "kind", "status"),
    [
        (b"{}", "application/json", 400),
        (b"a=%ff", "application/x-www-form-urlencoded", 400),
        (b"x" * 300_000, "application/x-www-form-urlencoded", 413),
        ("é".encode(), "application/x-www-form-urlencoded", 400),
    ],
)
def test_what_is_no_form_is_a_page_and_nothing_is_stored(
    region: DemoRegion, content: bytes, kind: str, status: int
) -> None:
    before = region.size()
    headers = {"content-type": kind, **SAME_SITE}
    answer = region.browser("ria").post(CONTACT, content=content, headers=headers)
    assert answer.status_code == status
    assert answer.headers["content-type"].startswith("text/html")
    assert region.size() == before


def test_an_attempt_keeps_where_and_what_for(region: DemoRegion) -> None:
    ria = region.browser("ria")
    typed = contact(worked_out="no", location="bij de bushalte", support_type="travel")
    answer = ria.post(CONTACT, data=typed, follow_redirects=False)
    assert answer.status_code == 303, answer.text
    region.projector.catch_up()
    page = ria.get(answer.headers["location"]).text
    assert "wandelend, bij de bushalte (voor: reizen): geen gehoor" in page


def test_the_form_is_the_command(region: DemoRegion) -> None:
    page = region.browser("ria").get(CONTACT).text
    names = set(re.findall(r'name="([a-z_]+)"', page)) - {
        "key",
        "viewport",
        "device",
        "kladje",
        "naam",
    }
    assert names <= set(LogContact.model_fields) | {"color"}


def test_a_field_that_is_there_twice_is_told(region: DemoRegion) -> None:
    ria, before, typed = region.browser("ria"), region.size(), contact()
    for twice in (["Eerst dit.", "Toen dat."], ["Dit.", "Dit."]):
        answer = ria.post(CONTACT, data=typed | {"text": twice}, follow_redirects=False)
        assert answer.status_code == 400
        assert "Een veld stond er twee keer in; er is niets bewaard." in answer.text
    assert region.size() == before


def test_the_client_finds_their_own_things_first_and_the_rest_in_one_fold(
    region: DemoRegion,
) -> None:
    for client in ("tom", "noor", "els"):
        browser = region.browser(client)
        at = browser.get("/", follow_redirects=True).url.path.removesuffix("/thuis")
        shown = browser.get(f"{at}/noteer").text.partition("<main")[2].partition("<footer")[0]
        before, _, rest = shown.partition('<details class="more">')
        folded, _, after = rest.partition("</details>")
        open_ = before + after
        assert 6 <= open_.count("<a ") <= 10
        first = [f'href="{at}/{each}"' for each in ("even-niet-goed", "hoe-gaat-het")]
        assert all(each in open_ for each in first)
        for work in ("plaatsing", "werkgevercontact", "log-four-week-call", "note-benefits"):
            assert f'href="{at}/{work}"' not in open_
        assert f'href="{at}/note-benefits"' in folded
        assert shown.count("<details") == 1


def test_others_find_what_they_note_daily_first(region: DemoRegion) -> None:
    shown = region.browser("ria").get(f"{TOMS}/noteer").text
    assert shown.index(f'href="{TOMS}/contact"') < shown.index("<details")
    assert shown.count("<details") > 1
