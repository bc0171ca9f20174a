"""Writes the catalogues of the pages anew from templates and code: `make texts`."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from io import BytesIO
from pathlib import Path
from pkgutil import walk_packages

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import write_po

import domain
from api.demo.people import EVERYBODY, IN_THE_GROUP
from api.reading.looking import View
from api.reading.planned import Sort
from api.web import texts
from api.web.desk.own import Letters
from api.web.forms import group
from api.web.forms.form import Form, label
from api.web.forms.registry import FORMS
from domain.events import BY_TYPE
from domain.events.base import Category, StreamKind
from domain.language import Choice, Language, Text
from domain.policy import no_professional
from domain.policy.notices import Weight
from domain.policy.recording import might_record
from domain.roles import Role
from domain.wording import labels

WEB = Path(texts.__file__).parent
CODE = WEB.parents[1]
KEYWORDS = {"_": None, "N_": None, "gettext": None, "ngettext": (1, 2)}
_METHODS = [("templates/**.*", "jinja2"), ("**.py", "python")]
_OPTIONS = {"templates/**.*": {"newstyle_gettext": "true", "silent": "false"}}
_SAYS = {"Text": (1, 2), "Refused": (1, 2), "Unfit": (1, 2), "refuse": (2, 3)}
"""With what the domain and the reads say something in two languages: the English is the key."""
AT_WORK = frozenset({
    *("arriving.html", "arriving.py", "newcomer.html"),
    *("today.html", "whom.html", "board.py", "coach.html", "team.html", "leading.py"),
    *("agreed.py", "at_work.html", "charts.html", "covering.html", "covering.py"),
    *("employer.html", "employer.py", "employers.html", "employers.py"),
    *("draw.html", "sample.html", "sampling.py", "figures.html", "figures.py"),
    *("answering.html", "emergency.html", "emergency.py", "waiting.html"),
    *("review.html", "reviewing.html"),
    *("for_file.html", "for_file.py", "handover.html", "import.html", "importing.py"),
    *("guarding.py", "looks.html", "meeting.html", "meeting.py", "signals.html", "signals.py"),
    *("labels.py", "coach.py", "team.py"),  # of these each form is asked who may fill it in
})  # fmt: skip
"""The templates and modules of pages for who is here for their work alone."""
NOT_HEARD = (
    *("events/", "smells.py", "arranging.py", "review.py", "outcomes/"),
    *("rules/cover.py", "rules/emergency.py", "rules/employer.py", "rules/funding.py"),
    *("rules/instruments.py", "rules/peer_group.py", "rules/people.py", "rules/programme.py"),
    *("rules/quality.py", "funding.py", "subsidies.py"),
    *("reading/outcomes.py", "reading/searching.py", "reading/numbers.py"),
    *("web/emergency.py", "web/importing.py"),
    *("caseload.py", "web/leading.py", "web/meeting.py"),
)
"""Modules of which the client and who is close hear nothing; of events see `heard`."""
_HEARD_IN = ("domain", "api/reading", "api/web")
_TOLD = frozenset({StreamKind.TRAJECTORY, StreamKind.PEER_GROUP})
"""Of which the entries reach them: of a group, what it met about and what was learned there."""
_STANDS = ("domain.state.", "domain.checked")
"""Where choices are that say how something stands."""
_HEARD_OF = ("problems.py", "complaints.py", "signin.py", "demo_signin.py")
# No dates, names or versions: a catalogue changes when a text does.
_HEADER = """\
# {about} After a change in code or templates: make texts.
msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plurals}\\n"

"""
_ABOUT = {
    texts.PAGES: "What the pages say.",
    texts.DOMAIN: "What the domain says, by its English: entries, labels and refusals.",
}


def extracted() -> Catalog:
    """Find every text that templates and code ask for."""
    return _listed(found for _, found in _of_pages())


def heard_on_pages() -> set[str]:
    """Name the texts of pages for who is here for themselves or for somebody close."""
    plain = {found for file, found in _of_pages() if Path(file).name not in AT_WORK}
    theirs = (*_theirs(), *(each for each in vars(group).values() if isinstance(each, Form)))
    return {_key(each) for each in plain} | {each for form in theirs for each in _asks(form)}


def said() -> set[str]:
    """Name, by its English, everything that is said in two languages."""
    spoken = (each.en for root in ("domain", "api") for each in _said_in(root, ()))
    return {*spoken, *(each.label.en for kind in _kinds() for each in kind)}


def heard() -> set[str]:
    """Name, by its English, what of that is heard by who is here for themselves or for others."""
    return {each.en for each in _heard()}


def heard_in_dutch() -> set[str]:
    """Give the same as they stand in Dutch."""
    return {each.nl for each in _heard()}


def _heard() -> Iterator[Text]:
    events = [kind for kind, each in BY_TYPE.items() if each.STREAM in _TOLD]
    stands = [kind for kind in _kinds() if kind.__module__.startswith(_STANDS)]
    yield from (each for root in _HEARD_IN for each in _said_in(root, NOT_HEARD))
    yield from (each for name in _HEARD_OF for each in _said_in("api", (), name))
    for to_client in (False, True):
        yield from (BY_TYPE[kind].sentence(to_client=to_client) for kind in events)
        told = (labels(kind, to_client=to_client) for kind in events)
        yield from (each for of in told for named in of.values() for each in named.values())
    yield from (each.label for form in _theirs() for field in form.fields for each in field.offers)
    yield from (
        each.label for of in (Role, Category, View, Letters, Sort, Weight, *stands) for each in of
    )
    yield from (each.does for each in EVERYBODY)
    yield IN_THE_GROUP


def updated(code: Language, which: str = texts.PAGES) -> str:
    """Give a catalogue of a language as it should be: kept, added to, and rid of the rest.

    Where a language is that of some pages only, nothing stands that has no translation yet.
    """
    known = texts.path(code, which).exists()
    catalogue = texts.catalogue(code, which) if known else Catalog(locale=code)
    whole = extracted() if which == texts.PAGES else _listed(said())
    catalogue.update(whole, no_fuzzy_matching=True)
    if not texts.OFFERED[code].whole:
        for message in [each for each in catalogue if each.id and not any(each.string or ())]:
            catalogue.delete(message.id)
    written = BytesIO()
    write_po(
        written,
        catalogue,
        width=0,
        no_location=True,
        omit_header=True,
        sort_output=True,
        ignore_obsolete=True,
    )
    header = _HEADER.format(about=_ABOUT[which], language=code, plurals=catalogue.plural_forms)
    return header + written.getvalue().decode().strip() + "\n"


def catalogues(language: texts.PageLanguage) -> list[str]:
    """Name the catalogues that a language has."""
    if language.code == texts.WRITTEN:
        return []
    return [texts.PAGES] if language.whole else [texts.PAGES, texts.DOMAIN]


def main() -> None:
    """Write the catalogues of every language that is offered."""
    for language in texts.OFFERED.values():
        for which in catalogues(language):
            path = texts.path(language.code, which)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(updated(language.code, which), "utf-8")


def _of_pages() -> Iterator[tuple[str, str | tuple[str, ...]]]:
    for file, _, message, _, _ in extract_from_dir(WEB, _METHODS, _OPTIONS, KEYWORDS):
        yield file, message


def _said_in(root: str, but: tuple[str, ...], only: str = "") -> Iterator[Text]:
    methods = [(only or "**.py", "python")]
    for file, _, message, _, _ in extract_from_dir(CODE / root, methods, {}, _SAYS):
        of = f"{root.rpartition('/')[2]}/{file}"
        if isinstance(message, tuple) and not any(f"/{each}" in f"/{of}" for each in but):
            yield Text(*message)


def _listed(messages: Iterator[str | tuple[str, ...]] | set[str]) -> Catalog:
    found = Catalog()
    for message in messages:
        found.add(message)
    return found


def _key(message: str | tuple[str, ...]) -> str:
    return message if isinstance(message, str) else message[0]


def _theirs() -> list[Form]:
    """Give the forms that somebody can fill in who is here for themselves or for others."""
    roles = [role for role in Role if no_professional(role)]
    return [
        form
        for form in FORMS.values()
        if any(might_record(role, each) for role in roles for each in form.command.YIELDS)
    ]


def _asks(form: Form) -> Iterator[str]:
    yield form.heading()
    yield from filter(None, (form.intro, form.save))
    yield from (label(each) for each in form.fields)


def _kinds() -> Iterator[type[Choice]]:
    for each in walk_packages(domain.__path__, "domain."):
        import_module(each.name)
    kinds = Choice.__subclasses__()
    while kinds:
        kind = kinds.pop()
        kinds += kind.__subclasses__()
        yield kind


if __name__ == "__main__":
    main()
