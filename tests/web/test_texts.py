"""The texts of the pages: every language says all of it, and the catalogues follow the code."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from gettext import c2py
from io import BytesIO
from pathlib import Path
from typing import cast

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from api.web import texts
from domain.language import Language, calling_the_client
from tests.demo.region import DemoRegion
from tests.tools.texts import WEB, catalogues, extracted, main, updated

TRANSLATED = [code for code in texts.OFFERED if code != texts.WRITTEN]
_PLACE = re.compile(r"%\((\w+)\)s")
_LOOSE = re.compile(r"%(?!%|\(\w+\)s)(?<!%%)")
_MARKUP = re.compile(r'[<>&"]')
_TEMPLATED = re.compile(r"{[%#{].*?[%#}]}", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_SPOKEN_ATTRIBUTE = re.compile(r'\b(?:alt|aria-label|title|placeholder)="([^"]+)"')
_WORD = re.compile(r"[^\W\d_]{2,}")


def faults(found: Catalog, wanted: Catalog) -> list[str]:
    """Say what is wrong with a catalogue, compared with what the pages ask for."""
    asked, there = ({each.id for each in some if each.id} for some in (wanted, found))
    return [
        *(f"missing: {each}" for each in asked - there),
        *(f"not asked for: {each}" for each in there - asked),
        *(f"{fault}: {each.id}" for each in found if each.id for fault in wrong(each, found)),
    ]


def wrong(message: Message, catalogue: Catalog) -> Iterator[str]:
    """Say what is wrong with one translation."""
    forms = [message.string] if isinstance(message.string, str) else [*message.string]
    if message.fuzzy:
        yield "fuzzy"
    if len(forms) != (catalogue.num_plurals if message.pluralizable else 1):
        yield "forms"
    for index, form in enumerate(forms):
        if not form.strip():
            yield "empty"
        elif not fits(form, index, message, catalogue):
            yield "placeholders"
        if _LOOSE.search(form) or _MARKUP.search(form):
            yield "markup"


def fits(form: str, index: int, message: Message, catalogue: Catalog) -> bool:
    """Compare placeholders; a form for one number alone may say that number in words."""
    whole = message.id[-1] if message.pluralizable else message.id
    named, wanted = (set(_PLACE.findall(each)) for each in (form, whole))
    if not message.pluralizable:
        return named == wanted
    chosen = c2py(catalogue.plural_expr)
    numbers = [number for number in range(1000) if chosen(number) == index]
    return named == wanted or (len(numbers) == 1 and named == wanted - {"num"})


@pytest.mark.parametrize("code", TRANSLATED)
def test_every_catalogue_says_all_that_the_pages_ask_for(code: str) -> None:
    found = faults(texts.catalogue(code), extracted())
    if not texts.OFFERED[code].whole:  # what it has to say: see test_languages
        found = [each for each in found if not each.startswith("missing: ")]
    assert found == []


SOUND = """
msgid "About %(name)s"
msgstr "Over %(name)s"

msgid "For one"
msgid_plural "For %(num)s"
msgstr[0] "Bij één"
msgstr[1] "Bij %(num)s"
"""


@pytest.mark.parametrize(
    ("before", "after", "fault"),
    [
        ("", "", None),
        ("Over %(name)s", "", "empty"),
        ("Over %(name)s", "Over", "placeholders"),
        ("Over %(name)s", "Over %(naam)s", "placeholders"),
        ("Over %(name)s", "Over %(name)s, 100%", "markup"),
        ("Over %(name)s", "Over %(name)s, 100%%", None),
        ("Over %(name)s", "<b>%(name)s</b>", "markup"),
        ('msgid "About', '#, fuzzy\nmsgid "About', "fuzzy"),
        ('msgid "About', 'msgid "Around', "missing"),
        ('msgid "About', 'msgid "More"\nmsgstr "Meer"\n\nmsgid "About', "not asked for"),
        ("Bij één", "Bij %(num)s", None),
        ("Bij %(num)s", "Bij anderen", "placeholders"),
        ('msgstr[1] "Bij %(num)s"\n', "", "empty"),
    ],
)
def test_a_catalogue_that_falls_short_is_found_out(
    before: str, after: str, fault: str | None
) -> None:
    def read(text: str) -> Catalog:
        return read_po(BytesIO(text.encode()), locale="nl")

    found = faults(read(SOUND.replace(before, after)), read(SOUND))
    assert {each.partition(":")[0] for each in found} >= ({fault} if fault else set())
    assert bool(found) is bool(fault)


@pytest.mark.parametrize("language", texts.OFFERED.values(), ids=lambda each: each.code)
def test_updating_what_is_up_to_date_changes_nothing(language: texts.PageLanguage) -> None:
    for which in catalogues(language):
        now = texts.path(language.code, which).read_text("utf-8")
        assert updated(language.code, which) == now


def test_updating_keeps_what_is_translated_and_drops_what_is_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = texts.path("nl").read_text("utf-8")
    monkeypatch.setattr(texts, "LOCALE", tmp_path)
    texts.path("nl").parent.mkdir(parents=True)
    changed = before.replace('msgid "Save"', 'msgid "Keep this"')
    texts.path("nl").write_text(changed, "utf-8")
    main()
    after = texts.path("nl").read_text("utf-8")
    assert after == before.replace('"Save"\nmsgstr "Bewaar"', '"Save"\nmsgstr ""')
    main()
    assert texts.path("nl").read_text("utf-8") == after


def untranslated(template: str) -> list[str]:
    """Find words that a template says itself, whatever the language."""
    plain = _TEMPLATED.sub("", template)
    said = [_TAG.sub(" ", plain), *_SPOKEN_ATTRIBUTE.findall(plain)]
    return [word for each in said for word in _WORD.findall(each)]


def test_no_template_says_words_of_its_own() -> None:
    found = {each.name: untranslated(each.read_text("utf-8")) for each in WEB.rglob("*.html")}
    assert found
    assert {name: said for name, said in found.items() if set(said) - {"Samenspoor"}} == {}


@pytest.mark.parametrize(
    "template", ["<p>{{ _('Save') }} nu</p>", '<a aria-label="Sluit">{{ i("x") }}</a>']
)
def test_a_word_of_its_own_would_be_found(template: str) -> None:
    assert len(untranslated(template)) == 1


@pytest.mark.parametrize("language", texts.OFFERED.values(), ids=lambda each: each.code)
def test_every_language_that_is_offered_has_a_start_page(
    region: DemoRegion, language: texts.PageLanguage
) -> None:
    asked = {"lang": language.code}
    for persona in (None, "ria", "tom"):
        found = region.browser(persona).get("/", params=asked, follow_redirects=True)
        assert found.status_code == 200
    start = region.browser().get("/demo", params=asked)
    with texts.speaking(language):
        assert f"<h1>{texts.gettext('Choose who to be')}</h1>" in start.text
    assert f'<html lang="{language.code}" dir="{language.direction}">' in start.text
    assert start.headers["content-language"] == language.code
    for other in texts.OFFERED.values():
        link = f'lang="{other.code}" dir="{other.direction}">{other.name}</a>'
        assert (link in start.text) is (other != language)


def test_a_further_language_is_a_line_and_a_catalogue(
    region: DemoRegion, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dutch = texts.path("nl").read_text("utf-8")
    ukrainian = texts.PageLanguage(cast("Language", "uk"), "Українська")
    monkeypatch.setattr(texts, "LOCALE", tmp_path)
    monkeypatch.setattr(texts, "OFFERED", texts.OFFERED | {"uk": ukrainian})
    monkeypatch.setattr(texts, "translations", cache(texts.translations.__wrapped__))
    texts.path("nl").parent.mkdir(parents=True)
    texts.path("nl").write_text(dutch, "utf-8")
    main()
    made = texts.path("uk").read_text("utf-8")
    assert "nplurals=3" in made
    texts.path("uk").write_text(f'{made}\nmsgid "Choose who to be"\nmsgstr "Хто ви?"\n', "utf-8")
    browser = region.browser()
    page = browser.get("/demo", params={"lang": "uk"}).text
    assert '<html lang="uk" dir="ltr">' in page
    assert "<h1>Хто ви?</h1>" in page
    assert '<span lang="nl" dir="ltr">Naar de inhoud</span>' in page
    assert '<html lang="uk" dir="ltr">' in browser.get("/demo").text, "it stays once chosen"


@pytest.mark.parametrize("asked", ["xx", "", "../nl", "NL", "en-GB"])
def test_a_language_that_is_not_offered_is_dutch(region: DemoRegion, asked: str) -> None:
    found = region.browser().get("/demo", params={"lang": asked})
    assert found.headers["content-language"] == "nl"
    assert "set-cookie" not in found.headers


def test_numbers_choose_their_words() -> None:
    asked = "For one other nothing is open", "For %(num)s others nothing is open"
    with texts.speaking(texts.DUTCH):
        assert texts.ngettext(*asked, 1) == "Bij één ander staat niets open"
        assert texts.ngettext(*asked, 2) == "Bij %(num)s anderen staat niets open"
    with texts.speaking(texts.OFFERED["en"]):
        assert [texts.ngettext(*asked, number) for number in (1, 2)] == [*asked]


def test_the_pages_speak_of_the_client_by_the_word_that_was_set() -> None:
    with calling_the_client("inwoner"):
        for language, says in (("nl", "De inwoner zegt"), ("en", "The resident says")):
            with texts.speaking(texts.OFFERED[language]):
                assert texts.gettext("The client says about this").startswith(says)


def test_no_text_is_spoken_outside_of_a_language() -> None:
    with pytest.raises(LookupError):
        texts.gettext("Save")
