"""Writes the catalogues of the pages anew from templates and code: `make texts`."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import write_po

from api.web import texts

WEB = Path(texts.__file__).parent
KEYWORDS = {"_": None, "N_": None, "gettext": None, "ngettext": (1, 2)}
_METHODS = [("templates/**.*", "jinja2"), ("**.py", "python")]
_OPTIONS = {"templates/**.*": {"newstyle_gettext": "true", "silent": "false"}}
# No dates, names or versions: a catalogue changes when a text does.
_HEADER = """\
# What the pages say. After a change in code or templates: make texts.
msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plurals}\\n"

"""


def extracted() -> Catalog:
    """Find every text that templates and code ask for."""
    found = Catalog()
    said = extract_from_dir(WEB, _METHODS, _OPTIONS, KEYWORDS)
    for _, _, message, _, _ in said:
        found.add(message)
    return found


def updated(code: str) -> str:
    """Give the catalogue of a language as it should be: kept, added to, and rid of the rest."""
    known = texts.path(code).exists()
    catalogue = texts.catalogue(code) if known else Catalog(locale=code)
    catalogue.update(extracted(), no_fuzzy_matching=True)
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
    header = _HEADER.format(language=code, plurals=catalogue.plural_forms)
    return header + written.getvalue().decode().strip() + "\n"


def main() -> None:
    """Write the catalogue of every language that is offered."""
    for code in texts.OFFERED:
        if code != texts.WRITTEN:
            path = texts.path(code)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(updated(code), "utf-8")


if __name__ == "__main__":
    main()
