"""Leads somebody to the states of pages that only an action leads to, as a browser comes there."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from api.demo.people import ELS, NOOR, SEM, TOM, trajectory_of
from eventlog.handler import HOME
from tests.browser.person import Person
from tests.web.test_importing import book, twice_wrong

_ELSES, _NOORS, _TOMS = (f"/traject/{trajectory_of(each)}" for each in (ELS, NOOR, TOM))
_FORM = f"{_ELSES}/contact"


def _day(ahead: int) -> str:
    return (datetime.now(HOME).date() + timedelta(days=ahead)).isoformat()


def _refused(ria: Person) -> None:
    ria.expects("422 /traject/{id}/contact")
    ria.go(_FORM)
    ria.button("Bewaar")
    _arrived(ria, "Nog niet bewaard")


def _kept(ria: Person) -> None:
    ria.go(_FORM)
    ria.type("Kort verslag", "Dit mag niet weg.")
    ria.page.context.clear_cookies()
    ria.expects("401 /traject/{id}/contact")
    ria.button("Bewaar")
    _arrived(ria, "Wat je typte, staat klaar.")


def _kept_elsewhere(ria: Person) -> None:
    ria.go("/werkgevers/nieuw")
    ria.type("Hoe heet de werkgever?", "Bakkerij De Korst")
    ria.page.context.clear_cookies()
    ria.expects("401 /werkgevers/nieuw")
    ria.button("Bewaar")
    _arrived(ria, "Wat je typte, staat klaar.")
    ria.button("Kijk mee als Ria Verhoeven")
    _arrived(ria, "Bewaar het alsnog")


def _saved(ria: Person) -> None:
    ria.go(_FORM)
    ria.tile("Hoe?", "Wandelend")
    ria.button("Bewaar")
    _arrived(ria, "Bewaard. Het staat in de tijdlijn.")


def _looked_through(ria: Person) -> None:
    ria.go(f"{_FORM.removesuffix('/contact')}/zoek")
    ria.type("Welke woorden?", "werk")
    ria.page.get_by_role("main").get_by_role("button", name="Zoek").click()
    _arrived(ria, "Gevonden")


def _put_right(ria: Person) -> None:
    _saved(ria)
    ria.page.get_by_role("link", name=re.compile("^Verbeter")).first.click()
    _arrived(ria, "Wat ervan afhangt")
    ria.type("Kort verslag", "Een rondje om de vijver.")
    ria.type("Wat klopte er niet?", "de plek")
    ria.button("Bewaar hoe het moet zijn")
    _arrived(ria, "Wat er eerst stond")


def _unnamed(ria: Person) -> None:
    ria.expects("422 /werkgevers/nieuw")
    ria.go("/werkgevers/nieuw")
    ria.button("Bewaar")
    _arrived(ria, "Nog niet bewaard")


def _found(ria: Person) -> None:
    ria.go("/werkgevers")
    ria.type("Zoek op het begin van de naam", "fiets")
    ria.button("Zoek")
    _arrived(ria, "Alle werkgevers")


def _somebody_new(ria: Person) -> None:
    ria.go("/nieuw")
    ria.type("Achternaam", "Kuipers")
    ria.type("Geboortejaar", str(TOM.birth_year))
    ria.button("Kijk eerst")
    _arrived(ria, "Is het een van deze?")


def _several(ria: Person) -> None:
    ria.go("/vind")
    ria.page.keyboard.type("t")
    ria.page.keyboard.press("Enter")
    _arrived(ria, " mensen")


def _arrived(ria: Person, text: str) -> None:
    """Wait for the page that a click led to, with its style: a click does not wait for it."""
    ria.page.get_by_text(text).first.wait_for()
    ria.page.wait_for_load_state("load")


def _waiting(ria: Person) -> None:
    ria.go("/wachtrij")
    ria.page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
    ria.button("Neem de lijst mee")
    ria.page.locator("#lines a").first.wait_for()
    ria.go(_FORM)
    ria.page.context.set_offline(True)
    ria.type("Kort verslag", "Hoe weet ik niet meer.")
    ria.button("Bewaar")
    _arrived(ria, "Bewaard op dit toestel.")


def _writing(ria: Person) -> None:
    _waiting(ria)
    ria.page.locator("#lines").get_by_role("link", name="Noteer: ").first.click()
    _arrived(ria, "Noteer een contact")


def _not_right(ria: Person) -> None:
    _waiting(ria)
    ria.expects("422 /traject/{id}/contact")
    ria.page.context.set_offline(False)
    _arrived(ria, "Dit is het antwoord:")
    ria.page.get_by_role("button", name="Gooi weg: ").click()
    _arrived(ria, "Wil je dit weggooien?")


def _looking_back(who: Person) -> None:
    who.sign_in("joost")
    who.go("/noodinzage")
    who.type("Het nummer van het dossier", str(trajectory_of(ELS)))
    who.type("Waarom kan het niet wachten?", "Binnengebracht; welke medicijnen?")
    who.button("Open het voor 24 uur")
    _arrived(who, "Je leest mee in een noodgeval, tot")
    who.sign_in("esra")
    who.go("/nakijken")
    who.page.locator('a[href^="/nakijken/"]').first.click()
    _arrived(who, "In eigen woorden")


def _written(who: Person, path: str, words: str) -> None:
    """Note a contact, and come to the timeline."""
    who.go(f"{path}/contact")
    who.tile("Hoe?", "Wandelend")
    who.type("Kort verslag", words)
    who.button("Bewaar")
    _arrived(who, "Bewaard. Het staat in de tijdlijn.")


def _said_before(ria: Person) -> None:
    """Save other words under the key of a form that was saved already."""
    ria.go(_FORM)
    key = ria.page.locator("main form.form input[name=key]").input_value()
    ria.tile("Hoe?", "Wandelend")
    ria.button("Bewaar")
    _arrived(ria, "Bewaard. Het staat in de tijdlijn.")
    ria.go(_FORM)
    ria.tile("Hoe?", "Per telefoon")
    given = "(field, key) => { field.value = key; }"
    ria.page.locator("main form.form input[name=key]").evaluate(given, key)
    ria.expects("422 /traject/{id}/contact")
    ria.button("Bewaar")
    _arrived(ria, "Dit is al bewaard.")


def _read_again(ria: Person) -> None:
    ria.expects("422 /traject/{id}/keuze")
    ria.go(f"{_TOMS}/keuze")
    ria.type("Wat is de vraag?", "Hoe verder?")
    ria.type("Wat wil de cliënt?", "Rustig aan.")
    ria.type("De keuze", "Hij werkt niet mee, dus we wachten.")
    ria.type("Waarom?", "Dat past nu.")
    ria.type("Wanneer kijken we terug?", _day(21))
    ria.button("Bewaar")
    _arrived(ria, "Nog even lezen?")


def _of_nobody(ria: Person) -> None:
    ria.expects("422 /overleg")
    ria.go("/overleg")
    ria.button("Bewaar alles")
    _arrived(ria, "Nog niet bewaard")


def _stands_in(ria: Person) -> None:
    ria.go("/vervanging")
    ria.choose("Welke collega?", "Niek Hofman, jobcoach")
    ria.type("Tot en met welke dag?", _day(1))
    ria.button("Regel het")
    _arrived(ria, "Niek Hofman vervangt jou")
    ria.go("/vandaag")
    _arrived(ria, "Niek Hofman vervangt jou")


def _is_back(ria: Person) -> None:
    ria.go("/vervanging")
    ria.button("Stop dit nu: Niek Hofman")
    ria.page.get_by_text("Niek Hofman vervangt jou").wait_for(state="detached")


def _stands_in_for_nobody(who: Person) -> None:
    who.sign_in("leonie")
    who.expects("422 /vervanging")
    who.go("/vervanging")
    who.button("Regel het")
    _arrived(who, "Nog niet bewaard")


def _draws_nothing(who: Person) -> None:
    who.sign_in("leonie")
    who.expects("422 /steekproef")
    who.go("/steekproef")
    who.button("Trek")
    _arrived(who, "Nog niet bewaard")


def _looks_at(who: Person, content: bytes) -> None:
    """Let a workbook be looked at under a name of its own."""
    who.sign_in("leonie")
    who.go("/import")
    file = {"name": "staten.xlsx", "mimeType": "application/zip", "buffer": content}
    who.page.get_by_label("Het werkboek").set_input_files(file)
    who.button("Kijk waar het op neerkomt")


def _wrong_rows(who: Person) -> None:
    _looks_at(who, book(twice_wrong))
    _arrived(who, "Rijen die nog niet kloppen")


def _taken_over(who: Person) -> None:
    _looks_at(who, book())
    who.button("Neem over")
    _arrived(who, "Overgenomen: ")


def _agrees_nothing(who: Person) -> None:
    who.sign_in("wim")
    who.expects("422 /traject/{id}/agree-accommodation")
    who.go(_TOMS)
    who.button("Bewaar")
    _arrived(who, "Nog niet bewaard")


def _leaves_too_soon(ria: Person) -> None:
    _waiting(ria)
    ria.page.context.route(f"**{_FORM}", lambda each: each.abort())
    ria.page.context.set_offline(False)
    ria.page.get_by_role("button", name="Afmelden").first.click()
    _arrived(ria, "Nu al afmelden?")


def _asked(who: Person, command: str) -> None:
    """Let Noor say this of Sem, who is her nephew and on nobody's page but hers."""
    given = {"sec-fetch-site": "same-origin"}
    where = f"{who.site}/api/v1/trajectories/{trajectory_of(NOOR)}/{command}"
    asked = {"person": str(SEM.actor.person)}
    answer = who.page.request.post(where, headers=given, data=asked)
    assert answer.ok, answer.text()


def _invited(who: Person) -> None:
    who.sign_in("noor")
    _asked(who, "remove-network-member")
    _asked(who, "invite-network-member")
    who.sign_in("sem")
    who.go(f"{_NOORS}/uitnodiging")
    _arrived(who, "vraagt je om mee te doen")


def _takes_part(who: Person) -> None:
    who.button("Ja, ik doe mee")
    _arrived(who, "Bewaard. Dank je wel.")


def _shared(ria: Person) -> None:
    _written(ria, _NOORS, "Samen langs de haven.")
    ria.page.get_by_role("link", name=re.compile("^Meer.*Contact met cliënt")).first.click()
    ria.page.get_by_role("button", name="De cliënt zei ja: deel met ").first.click()
    _arrived(ria, "de cliënt zei ja op")


def _told_of_it(who: Person) -> None:
    _shared(who)
    who.sign_in("noor")
    who.go("/meldingen")
    _arrived(who, "je zei ja op")


def _stops_it(who: Person) -> None:
    who.page.get_by_role("button", name="Stop met delen").first.click()
    _arrived(who, "Bewaard. Het werkt meteen.")


STATES: Mapping[str, Callable[[Person], None]] = {
    "a form that is refused": _refused,
    "a form after the session ended": _kept,
    "what was typed, signed in again": _kept_elsewhere,
    "a timeline after something was saved": _saved,
    "a timeline that was looked through": _looked_through,
    "an entry that was put right": _put_right,
    "a device without a connection": _waiting,
    "a form without a connection": _writing,
    "a form that waits and is not right": _not_right,
    "an employer without a name": _unnamed,
    "employers that were looked for": _found,
    "several people found": _several,
    "somebody new, who was looked for": _somebody_new,
    "an emergency that is looked back at": _looking_back,
    "the same form saved in other words": _said_before,
    "a choice that is read once more": _read_again,
    "a meeting about nobody": _of_nobody,
    "today, while somebody stands in": _stands_in,
    "standing in for nobody": _stands_in_for_nobody,
    "a sample of nothing": _draws_nothing,
    "a workbook with rows that are not right": _wrong_rows,
    "a workbook that was taken over": _taken_over,
    "an employer who agrees on nothing": _agrees_nothing,
    "a sign-out with something not sent": _leaves_too_soon,
    "an invitation": _invited,
    "an entry that the coach shared": _shared,
    "what was shared in their name": _told_of_it,
}
AFTER: Mapping[str, Callable[[Person], None]] = {
    "today, while somebody stands in": _is_back,
    "an invitation": _takes_part,
    "what was shared in their name": _stops_it,
}
"""What is put back, for whoever comes after."""
