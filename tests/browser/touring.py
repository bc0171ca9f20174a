"""Shows every kind of page of every role in every view, and keeps what is wrong with each."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from api.demo.people import ELS, TOM, trajectory_of
from tests.browser.looking import Broken, axe, hard_to_use, made_of, reached
from tests.browser.person import HEIGHTS, Person
from tests.browser.walking import Found

VIEWS = {
    "desktop": (1280, False),
    "phone": (390, False),
    "narrow": (320, False),
    "dark": (390, True),
}
_FORM = f"/traject/{trajectory_of(ELS)}/contact"
_OPEN = "() => document.querySelectorAll('details').forEach((each) => { each.open = true; })"


@dataclass
class Tour:
    """What was seen on the way."""

    told: dict[str, int]
    keyed: dict[str, list[str]] = field(default_factory=dict)
    """Per kind of page what Tab does not come to."""
    wrong: list[str] = field(default_factory=list)
    _found: dict[tuple[str, str], dict[Broken | str, str]] = field(default_factory=dict)
    _known: dict[str, set[str]] = field(default_factory=dict)

    def broken(self, view: str) -> list[Broken]:
        """Give the rules that are not kept."""
        return [each for each in self._found.get((view, "axe"), {}) if isinstance(each, Broken)]

    def hard(self, view: str) -> list[str]:
        """Give what is hard to use, each with one page where it is."""
        return [f"{each} [{where}]" for each, where in self._found.get((view, "use"), {}).items()]

    def look(self, who: Person, kind: str, where: str) -> None:
        """Look at the page that is open, in every view."""
        self.told["shown"] += 1
        who.page.evaluate(_OPEN)
        for view, (width, dark) in VIEWS.items():
            self.told["states"] += 1
            who.page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
            who.page.emulate_media(color_scheme="dark" if dark else "light")
            self._keep(view, "use", hard_to_use(who.page), where)
            parts, known = made_of(who.page), self._known.setdefault(view, set())
            if not parts <= known:
                known |= parts
                self.told["tried"] += 1
                self._keep(view, "axe", axe(who.page), where)
        if kind not in self.keyed:
            self.keyed[kind] = reached(who.page)

    def _keep(self, view: str, what: str, found: Iterable[Broken | str], where: str) -> None:
        for each in found:
            self._found.setdefault((view, what), {}).setdefault(each, where)


def tour(pages: list[Found], read: int, comes: Callable[[str | None], Person]) -> Tour:
    """Look at all these pages, and at what only an action leads to."""
    made = Tour({"read": read, "shown": 0, "states": 0, "tried": 0})
    for persona in {each.persona: None for each in pages}:
        who = comes(persona)
        for page in (each for each in pages if each.persona == persona):
            if page.status >= 400:
                who.expects(f"{page.status} {page.kind}")
            who.go(page.path)
            made.look(who, page.kind, f"{page.role} {page.kind}")
        _gone(made, who)
    for kind, leads in _STATES.items():
        ria = comes("ria")
        leads(ria)
        made.look(ria, kind, kind)
        _gone(made, ria)
    return made


def _gone(made: Tour, who: Person) -> None:
    try:
        who.leave()
    except AssertionError:
        made.wrong += [each for each in who.wrong if each not in who.expected]


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


def _somebody_new(ria: Person) -> None:
    ria.go("/nieuw")
    ria.type("Achternaam", "Kuipers")
    ria.type("Geboortejaar", str(TOM.birth_year))
    ria.button("Kijk eerst")
    _arrived(ria, "Is het een van deze?")


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


_STATES: dict[str, Callable[[Person], None]] = {
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
}
