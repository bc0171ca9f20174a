"""Shows every kind of page of every role in every view, and keeps what is wrong with each."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from tests.browser.looking import Broken, axe, hard_to_use, made_of, reached
from tests.browser.person import HEIGHTS, Person
from tests.browser.states import AFTER, STATES
from tests.browser.walking import Found

VIEWS = {
    "desktop": (1280, False),
    "phone": (390, False),
    "narrow": (320, False),
    "dark": (390, True),
}
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
        parts = made_of(who.page)
        for view, (width, dark) in VIEWS.items():
            self.told["states"] += 1
            who.page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
            who.page.emulate_media(color_scheme="dark" if dark else "light")
            self._keep(view, "use", hard_to_use(who.page), where)
            known = self._known.setdefault(view, set())
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
    for kind, leads in STATES.items():
        ria = comes("ria")
        leads(ria)
        made.look(ria, kind, kind)
        AFTER.get(kind, _nothing)(ria)
        _gone(made, ria)
    return made


def _nothing(_: Person) -> None:
    """Leave it as it is."""


def _gone(made: Tour, who: Person) -> None:
    try:
        who.leave()
    except AssertionError:
        made.wrong += [each for each in who.wrong if each not in who.expected]
