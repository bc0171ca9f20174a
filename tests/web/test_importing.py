"""Taking over a workbook on a page: what was seen and nothing else, and no rubbish."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook, load_workbook
from starlette.testclient import TestClient

from api.demo.people import PERSONAS, VILLAGE
from api.workbook.layout import COLUMNS
from api.workbook.uploading import LARGEST
from domain.policy import leads
from tests.demo.region import DemoRegion

PERSON = {
    "Nummer": "1", "Roepnaam": "Wies", "Achternaam": "Testman", "Geboortejaar": 1990,
    "Coach": "Coba Nieuw",
}  # fmt: skip
STORY = {"Nummer": "1", "Aangemeld op": "2026-02-02", "Via": "", "Wil": ""}
BOOK = "coba.xlsx"


def book(change: Callable[[Workbook], None] = lambda _: None) -> bytes:
    """Make a book with one person in it."""
    made = Workbook()
    made.remove(made.worksheets[0])
    for name, columns in COLUMNS.items():
        made.create_sheet(name).append(list(columns))
    made["Mensen"].append([PERSON.get(each) for each in COLUMNS["Mensen"]])
    told = {**STORY, "Via": "zelf", "Eerste gesprek": "2026-02-09"}
    made["Trajecten"].append([told.get(each) or None for each in COLUMNS["Trajecten"]])
    change(made)
    written = BytesIO()
    made.save(written)
    return written.getvalue()


def twice_wrong(made: Workbook) -> None:
    """Add a contact with nobody, and a formula."""
    sheet = made["Contacten"]
    contact = {"Nummer": "9", "Datum": "2026-02-10", "Soort": "gesprek", "Wijze": "telefoon"}
    sheet.append([contact.get(each) for each in COLUMNS["Contacten"]])
    contact |= {"Nummer": "1", "Verslag": "=HYPERLINK(1)", "Datum": "=NOW()"}
    sheet.append([contact.get(each) for each in COLUMNS["Contacten"]])


def send(by: TestClient, content: bytes, file: str = BOOK, /, **typed: str) -> tuple[int, str]:
    """Let somebody look what a book comes to."""
    answer = by.post("/import", data=typed, files={"file": (file, content)})
    return answer.status_code, unescape(answer.text)


def hidden(page: str) -> dict[str, str]:
    """Give what the button sends along."""
    form = page.partition('action="/import/neem-over"')[2].partition("</form>")[0]
    return dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form))


def zipped(**parts: bytes) -> bytes:
    """Make an archive."""
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


def without(sheet: str) -> Callable[[Workbook], None]:
    """Leave a sheet out."""
    return lambda made: made.remove(made[sheet])


def renamed(made: Workbook) -> None:
    made["Mensen"]["A1"] = "Nr."


RUBBISH: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "Kies eerst een werkboek"),
    "text": (b"Nummer;Roepnaam\n1;Wies\n", "geen .xlsx-werkboek"),
    "half a book": (book()[:900], "geen .xlsx-werkboek"),
    "another archive": (zipped(a=b"b"), "geen .xlsx-werkboek"),
    "a zip bomb": (zipped(a=b"0" * 30_000_000), "te groot"),
    "many small bombs": (
        zipped(**{f"a{n}": bytes(range(256)) * 8_000 for n in range(15)}),
        "te groot",
    ),
    "a sheet less": (book(without("Welzijn")), "Deze bladen ontbreken: Welzijn."),
    "other columns": (book(renamed), "Op blad Mensen ontbreken kolommen: Nummer."),
}


@pytest.fixture
def lead(region: DemoRegion) -> TestClient:
    return region.browser("leonie")


@pytest.mark.parametrize("persona", PERSONAS)
def test_only_who_leads_a_team_finds_it(region: DemoRegion, persona: str) -> None:
    browser, size = region.browser(persona), region.size()
    shown = 200 if leads(PERSONAS[persona].actor.role) else 404
    assert browser.get("/import").status_code == shown
    if shown != 200:
        assert send(browser, book())[0] == 404
        assert browser.post("/import/neem-over", data={"book": "", "seen": ""}).status_code == 404
    assert region.size() == size


@pytest.mark.parametrize("kind", RUBBISH)
def test_rubbish_gets_a_sentence_and_changes_nothing(
    region: DemoRegion, lead: TestClient, kind: str
) -> None:
    content, sentence = RUBBISH[kind]
    size = region.size()
    status, page = send(lead, content)
    assert (status, sentence in page) == (422, True), page[-3000:]
    assert not hidden(page)
    assert region.size() == size


def test_twenty_megabytes_are_not_read_to_the_end(lead: TestClient) -> None:
    status, page = send(lead, b"0" * 20_000_000)
    assert (status, f"hier mag het {LARGEST // 1_000_000} MB zijn" in page) == (413, True)


@pytest.mark.parametrize(
    ("headers", "content"),
    [
        ({"content-type": "multipart/form-data"}, b"x"),
        ({"content-type": "multipart/form-data; boundary=a"}, b"--b\r\n\r\n"),
        ({"content-type": "application/json"}, b"{}"),
        (
            {"content-type": "multipart/form-data; boundary=a"},
            b"--a\r\nNo: x\r\n\r\nx\r\n--a--",
        ),
    ],
)
def test_what_is_no_upload_gets_a_sentence(
    lead: TestClient, headers: dict[str, str], content: bytes
) -> None:
    answer = lead.post("/import", content=content, headers=headers)
    assert answer.status_code in {400, 422}
    assert "Kies" in answer.text


@pytest.mark.parametrize("name", ["", "x" * 81, "a\u202eb", "a\x00b"])
def test_a_name_that_is_none_gets_a_sentence(lead: TestClient, name: str) -> None:
    status, page = send(lead, book(), "a" * 90 if not name else BOOK, name=name)
    assert (status, "naam van hooguit 80 tekens" in page) == (422, True)


def test_wrong_rows_are_told_by_sheet_row_and_column(region: DemoRegion, lead: TestClient) -> None:
    size = region.size()
    status, page = send(lead, book(twice_wrong))
    assert status == 200
    rows = re.findall(r'<th scope="row">(\w+)</th><td class="n">(\d+)</td><td>([\w ,]+)</td>', page)
    assert [each[:2] for each in rows] == [("Contacten", "2"), ("Contacten", "3")]
    assert rows[0][2] == "Nummer"
    assert "Onbekende persoon: 9 staat niet op Mensen." in page
    assert "Neem over zonder deze rijen" in page
    assert region.size() == size


def test_it_is_taken_over_as_it_was_seen_once_and_stands_on_the_team(
    region: DemoRegion, lead: TestClient
) -> None:
    size = region.size()
    status, page = send(lead, book(), programme=str(VILLAGE))
    adds = int(re.search(r"Er komen (\d+) notities bij", page)[1])  # type: ignore[index]
    assert (status, region.size()) == (200, size)
    given = hidden(page)
    assert "Overgenomen:" in lead.post("/import/neem-over", data=given).text
    assert region.size() == size + adds
    again = lead.post("/import/neem-over", data=given)
    assert "Het stond er al; er is niets bijgekomen." in again.text
    assert region.size() == size + adds
    assert "er komt niets bij" in send(lead, book(), programme=str(VILLAGE))[1]
    region.projector.catch_up()
    team = lead.get("/team").text
    assert "Wies Testman" in team
    assert "Coba Nieuw" in team
    assert "Wies Testman" not in region.browser("hedwig").get("/team").text


def test_the_same_book_of_another_organisation_is_another(
    region: DemoRegion, lead: TestClient
) -> None:
    lead.post("/import/neem-over", data=hidden(send(lead, book())[1]))
    _, page = send(region.browser("hedwig"), book())
    assert hidden(page), "nothing of it is there for who never sent it"


@pytest.mark.parametrize("field", ["book", "seen", "name", "programme"])
def test_what_was_not_seen_is_not_taken_over(
    region: DemoRegion, lead: TestClient, field: str
) -> None:
    given = hidden(send(lead, book(), "nieuw.xlsx")[1])
    _, other = send(lead, book(twice_wrong), "ander.xlsx", programme=str(VILLAGE))
    size = region.size()
    answer = lead.post("/import/neem-over", data={**given, field: hidden(other)[field]})
    assert answer.status_code == 422
    assert "Kijk nog eens; er is nu niets vastgelegd." in answer.text
    for wrong in ("!", "é"):
        status = lead.post("/import/neem-over", data={**given, field: wrong}).status_code
        assert status in {400, 404, 422}, wrong
    assert region.size() == size


def test_what_another_saw_is_not_ones_own(region: DemoRegion, lead: TestClient) -> None:
    given, size = hidden(send(lead, book(), "derde.xlsx")[1]), region.size()
    assert region.browser("hedwig").post("/import/neem-over", data=given).status_code == 400
    assert region.size() == size


def test_a_book_in_the_office_stays_readable_after_saving_it_again() -> None:
    assert load_workbook(BytesIO(book())).sheetnames == list(COLUMNS)


def test_the_rows_that_are_not_right_can_be_kept_as_a_sheet(
    region: DemoRegion, lead: TestClient
) -> None:
    size = region.size()
    _, page = send(lead, book(twice_wrong))
    form = page.partition('action="/import/niet-goed.csv"')[2].partition("</form>")[0]
    given = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form))
    answer = lead.post("/import/niet-goed.csv", data=given)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"] == 'attachment; filename="niet-goed.csv"'
    assert "no-store" in answer.headers["cache-control"]
    first, *rows = answer.content.decode("utf-8-sig").splitlines()
    assert first == "Blad;Rij;Kolom;Wat er niet klopt"
    shown = page.partition('id="bad-h"')[2].partition("</section>")[0].count('<th scope="row">')
    assert len(rows) == shown >= 2
    assert all(row.startswith("Contacten;") for row in rows)
    assert region.size() == size
    for other in ("ria", "tom", "kim"):
        by = region.browser(other)
        assert by.post("/import/niet-goed.csv", data=given).status_code == 404
    assert lead.post("/import/niet-goed.csv", data={"book": "geen"}).status_code in {400, 422}
