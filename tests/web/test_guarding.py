"""Who guards the privacy: who looked over all files, what surprised a client, emergencies."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from uuid import uuid4

import pytest

from api.demo.people import BAS, ELS, NOOR, PERSONAS, TOM, trajectory_of
from api.reading import guarding
from api.reading.numbers import number_of
from tests.demo.region import DemoRegion
from tests.web.reading import page

TOMS, ELSES = f"/traject/{trajectory_of(TOM)}", f"/traject/{trajectory_of(ELS)}"
WHY = "Buiten bewustzijn binnengebracht; welke medicijnen?"
NOTHING = "Met dit nummer gaat er niets open."


def opens(region: DemoRegion, persona: str, file: object, reason: str = WHY) -> tuple[int, str]:
    """Ask to read along in an emergency; give the status and where it leads or what it says."""
    asked = {"key": str(uuid4()), "file": str(file), "reason": reason}
    found = region.browser(persona).post("/noodinzage", data=asked, follow_redirects=False)
    region.projector.catch_up()
    return found.status_code, found.headers.get("location") or html.unescape(found.text)


def test_the_log_of_all_files_names_colleagues_and_no_client(region: DemoRegion) -> None:
    page(region.browser("ria"), TOMS)
    told = page(region.browser("esra"), "/inzagelog")
    assert "Ria Verhoeven" in told
    assert "hoort bij het team" in told
    for client in (TOM, NOOR, ELS):
        assert client.name not in told
        assert str(client.family) not in told


def test_it_is_narrowed_to_a_person_a_role_a_file_and_days(region: DemoRegion) -> None:
    page(region.browser("ria"), TOMS)
    page(region.browser("bas"), ELSES)
    everybody = page(region.browser("esra"), "/inzagelog").partition("Regel voor regel")[2]
    assert "Bas de Groot" in everybody
    for asked, there, gone in (
        (f"person={PERSONAS['ria'].actor.person}", "Ria Verhoeven", "Bas de Groot"),
        ("role=care_worker", "Bas de Groot", "Ria Verhoeven"),
        (f"file={trajectory_of(ELS)}", "Bas de Groot", "Kuipers"),
        (f"organisation={BAS.actor.organisation}", "Bas de Groot", "Tom"),
    ):
        told = page(region.browser("esra"), f"/inzagelog?{asked}").partition("Regel voor regel")[2]
        assert there in told, asked
        assert gone not in told, asked
    days = "since=2020-01-01&until=2020-01-02"
    assert "Op deze dagen keek niemand." in page(region.browser("esra"), f"/inzagelog?{days}")


def test_it_goes_on_by_pages_without_a_line_twice(
    region: DemoRegion, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guarding, "MOST", 2)
    for persona in ("ria", "niek", "bas"):
        region.browser(persona).get("/vandaag")
    seen: list[str] = []
    path = "/inzagelog"
    while path:
        told = page(region.browser("esra"), path)
        table = told.partition("<tbody>")[2].partition("</tbody>")[0]
        rows = re.findall(r"<tr>.*?</tr>", table, re.DOTALL)
        assert len(rows) <= 2
        seen += rows
        older = re.search(r'href="(/inzagelog\?[^"]*verder=[^"]+)"', told)
        path = older[1] if older else ""
    assert len(seen) == len(set(seen)) > 2


def test_one_list_that_was_opened_is_one_line_with_its_files(region: DemoRegion) -> None:
    """Of each file it stands in the log; together they do not fill the page."""
    page(region.browser("leonie"), "/team")
    path = f"/inzagelog?person={PERSONAS['leonie'].actor.person}"
    table = page(region.browser("esra"), path).partition("<tbody>")[2]
    row = table.partition("</tr>")[0]
    found = re.search(r"<summary>(\d+) dossiers</summary>", row)
    assert found is not None
    files = re.findall(r'href="(/inzagelog\?file=[^"]+)"', row)
    assert len(files) == len(set(files)) == int(found[1]) > 1
    one = page(region.browser("esra"), files[0]).partition("<tbody>")[2].partition("</tbody>")[0]
    assert "Leonie" in one
    assert "dossiers</summary>" not in one


def test_pages_of_lines_hold_each_look_once(
    region: DemoRegion, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where a page ends within one list: it goes on where it ended."""
    page(region.browser("leonie"), "/team")
    path = f"/inzagelog?person={PERSONAS['leonie'].actor.person}"

    def files_on(path: str) -> list[str]:
        seen: list[str] = []
        while path:
            told = page(region.browser("esra"), path)
            table = told.partition("<tbody>")[2].partition("</tbody>")[0]
            seen += re.findall(r'href="/inzagelog\?file=([^"]+)"', table)
            older = re.search(r'href="(/inzagelog\?[^"]*verder=[^"]+)"', told)
            path = older[1] if older else ""
        return seen

    whole = files_on(path)
    monkeypatch.setattr(guarding, "_MOST_LOOKS", 3)
    monkeypatch.setattr(guarding, "MOST", 2)
    assert files_on(path) == whole
    assert len(whole) > 3


def test_to_read_the_log_is_written_down(region: DemoRegion) -> None:
    page(region.browser("ria"), TOMS)
    page(region.browser("esra"), f"/inzagelog?file={trajectory_of(TOM)}")
    looked = page(region.browser("tom"), f"{TOMS}/wie-keek")
    assert "privacyfunctionaris" in looked
    assert "wie er keek" in page(
        region.browser("esra"), f"/inzagelog?file={trajectory_of(TOM)}&own=ja"
    )


@pytest.mark.parametrize("persona", ["ria", "bas", "tom", "kim", "leonie", "wim", "joost"])
def test_to_nobody_else_it_is_there(region: DemoRegion, persona: str) -> None:
    page(region.browser(persona), "/inzagelog", 404)


@pytest.mark.parametrize(
    ("asked", "status"),
    [("person=onzin", 404), ("since=onzin", 422), ("since=2199-01-01", 422), ("verder=x", 422),
     (f"file={NOOR.actor.person}", 404), ("role=onzin", 200)],
)  # fmt: skip
def test_what_is_asked_wrongly_is_told(region: DemoRegion, asked: str, status: int) -> None:
    page(region.browser("esra"), f"/inzagelog?{asked}", status)


def test_what_surprised_a_client_comes_first(region: DemoRegion) -> None:
    day = region.services.today().isoformat()
    said = {"key": str(uuid4()), "day": day, "words": "Die behandelaar ken ik niet."}
    answer = region.browser("tom").post(f"{TOMS}/dit-verbaast-mij", data=said)
    assert answer.status_code == 200
    region.projector.catch_up()
    told = page(region.browser("esra"), "/inzagelog")
    assert told.index("Die behandelaar ken ik niet.") < told.index("Regel voor regel")
    assert f"/inzagelog?file={trajectory_of(TOM)}&since={day}&until={day}" in told
    assert "Die behandelaar ken ik niet." not in page(region.browser("ria"), TOMS)


def test_a_client_who_was_surprised_reads_the_answer(region: DemoRegion) -> None:
    day = region.services.today().isoformat()
    esra, tom, looked = region.browser("esra"), region.browser("tom"), f"{TOMS}/wie-keek"
    said = {"key": str(uuid4()), "day": day, "words": "Wie was dat gisteren?"}
    tom.post(f"{TOMS}/dit-verbaast-mij", data=said)
    region.projector.catch_up()
    assert "Iemand zoekt het uit." in page(tom, looked)
    mine = page(esra, "/inzagelog").partition("Wie was dat gisteren?")[2]
    where = re.search(r'href="(/inzagelog/[0-9a-f-]+/[0-9a-f-]+)"', mine)
    assert where is not None
    size = region.size()
    for wrong in ("", "x" * 10_001):
        again = esra.post(where[1], data={"key": str(uuid4()), "words": wrong})
        assert again.status_code == 422
        assert 'aria-invalid="true"' in again.text
    assert region.size() == size
    for other in ("ria", "leonie", "kim", "tom", "noor", "bas"):
        page(region.browser(other), where[1], 404)
        sent = {"key": str(uuid4()), "words": "Ik was het."}
        assert region.browser(other).post(where[1], data=sent).status_code in {403, 404}
    assert region.size() == size
    assert "Verstuur het antwoord" in page(esra, where[1])
    answer = {"key": str(uuid4()), "words": "Een collega viel in voor Ria."}
    shown = esra.post(where[1], data=answer)
    assert shown.url.path == "/inzagelog"
    esra.post(where[1], data=answer)
    assert region.size() == size + 1
    region.projector.catch_up()
    told = page(tom, looked)
    assert "Een collega viel in voor Ria." in told
    assert told.index("Wie was dat gisteren?") < told.index("Een collega viel in voor Ria.")
    assert "Antwoord van" in page(tom, "/meldingen")
    assert "Een collega viel in voor Ria." not in page(region.browser("ria"), TOMS)
    assert "Wie was dat gisteren?" not in page(esra, "/meldingen")


def test_an_emergency_is_opened_told_and_looked_back_at(region: DemoRegion) -> None:
    page(region.browser("joost"), TOMS, 404)
    status, where = opens(region, "joost", trajectory_of(TOM))
    assert status == 303
    assert where.startswith(f"{TOMS}?na=")
    read = page(region.browser("joost"), TOMS)
    assert "Je leest mee in een noodgeval, tot" in read
    assert "/contact" not in read
    assert TOMS in page(region.browser("joost"), "/noodinzage")
    assert WHY in page(region.browser("tom"), f"{TOMS}/wie-keek")
    for persona in ("esra", "leonie"):
        waits = page(region.browser(persona), "/nakijken")
        assert WHY in waits
        assert "Kuipers" not in waits
    form = re.search(r'href="(/nakijken/[^"]+)"', page(region.browser("esra"), "/nakijken"))
    assert form is not None
    esra, said = region.browser("esra"), {"key": str(uuid4()), "verdict": "right"}
    assert esra.post(form[1], data=said | {"words": " "}).status_code == 422
    for persona in ("joost", "ria", "tom"):
        answer = region.browser(persona).post(form[1], data=said | {"words": "Goed zo."})
        assert answer.status_code in {403, 404}, persona
    done = esra.post(form[1], data=said | {"words": "Terecht, en goed verteld."})
    assert done.status_code == 200
    region.projector.catch_up()
    assert WHY not in page(region.browser("esra"), "/nakijken")
    page(region.browser("joost"), TOMS, 404)
    page(region.browser("esra"), form[1], 404)


def test_what_opens_nothing_says_alike_and_adds_nothing(region: DemoRegion) -> None:
    before = region.size()
    for file in ("", "geen nummer", uuid4(), PERSONAS["tom"].actor.person):
        status, told = opens(region, "joost", file)
        assert status == 422
        assert NOTHING in told
        assert WHY in told, "what was typed is still there"
    assert opens(region, "joost", trajectory_of(TOM), " ")[0] == 422
    status, told = opens(region, "bas", trajectory_of(TOM))
    assert status == 422, "who is on the team reads already"
    for persona in ("ria", "tom", "esra", "kim", "wim"):
        assert opens(region, persona, trajectory_of(NOOR))[0] == 404, persona
        page(region.browser(persona), "/noodinzage", 404)
    assert region.size() == before


def number(region: DemoRegion) -> str:
    """Read the number that Tom carries."""
    told = page(region.browser("tom"), f"{TOMS}/noodkaart")
    found = re.search(r'class="filenumber num" dir="ltr">([0-9A-Z]{5}-[0-9A-Z]{5})<', told)
    assert found is not None
    return found[1]


def test_the_number_stands_on_a_card_for_the_client_and_the_team_and_for_nobody_else(
    region: DemoRegion,
) -> None:
    short = number(region)
    for persona in ("ria", "bas"):
        told = page(region.browser(persona), f"{TOMS}/noodkaart")
        assert short in told
        assert f'href="{TOMS}/noodkaart"' in page(region.browser(persona), TOMS)
    for at in ("mensen", "wie-keek"):
        assert short in page(region.browser("tom"), f"{TOMS}/{at}")
    for persona in ("noor", "kim", "leonie", "esra", "joost", "wim", "piet"):
        if persona in PERSONAS:
            page(region.browser(persona), f"{TOMS}/noodkaart", 404)
    assert "de kaart voor een noodgeval" in page(region.browser("tom"), f"{TOMS}/wie-keek")


@pytest.mark.parametrize("write", [str, str.lower, lambda n: n.replace("-", " "), "{}  ".format])
def test_a_short_number_opens_it_however_it_is_written(
    region: DemoRegion, write: Callable[[str], str]
) -> None:
    status, where = opens(region, "joost", write(number(region)))
    assert status == 303, where
    assert where.startswith(f"{TOMS}?na=")


def test_a_number_of_nobody_and_one_that_is_none_are_answered_alike(region: DemoRegion) -> None:
    size, answers = region.size(), set()
    short = number(region)
    nobodys = number_of(region.services, uuid4())
    wrong = ("0" if short[3] not in "0Z" else "1").join((short[:3], short[4:]))
    for typed in (nobodys, wrong, str(uuid4()), "geen"):
        status, told = opens(region, "joost", typed)
        assert status == 422
        assert NOTHING in told
        answers.add(re.sub(r'value="[^"]*"', "", told))
    assert len(answers) == 1
    assert region.size() == size
    assert opens(region, "bas", short)[0] == 422, "who is on the team reads already"
    for persona in ("ria", "tom", "esra"):
        assert opens(region, persona, short)[0] == 404


def test_who_tries_many_numbers_is_told_to_call_and_the_long_one_still_opens(
    region: DemoRegion, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.reading.numbers.TRIES_A_DAY", 0)
    status, told = opens(region, "joost", number(region))
    assert status == 429
    assert "Bel het team van deze persoon." in told
    assert opens(region, "joost", trajectory_of(TOM))[0] == 303


def test_a_pasted_address_opens_it_as_well(region: DemoRegion) -> None:
    status, where = opens(region, "joost", f"https://samenspoor.example{ELSES}?baan=work")
    assert status == 303
    assert where.startswith(ELSES)
