"""Files stay short, say what they are for, and name no machine and no registry."""

from __future__ import annotations

import ast
import re

from tests.architecture.tree import modules, texts, tracked

MOST_LINES = 400
MOST_LINES_OF_A_DECISION = 40
COUNTED = (".py", ".sql", ".css", ".html", ".js")
# Written in parts, or this file would be the first to break its own rule.
HOSTS = [
    "pypi" + ".org",
    "python" + "hosted.org",
    "npmjs" + ".org",
    "npmjs" + ".com",
    "deb.debian" + ".org",
]
MACHINE_PATH = re.compile(r"(?<![\w.:/-])/(?:ho" + "me|ro" + "ot|Us" + r"ers|wo" + r"rk)/[\w.]")
LOCKS_WITH_ADDRESSES = {"uv.lock", "poetry.lock", "pylock.toml"}


def test_there_are_files_to_look_at():
    assert len(modules()) > len(texts()) // 10 > 0


def test_no_file_is_longer_than_the_cap():
    lengths = {
        name: text.count("\n")
        for name, text in texts()
        if name.endswith(COUNTED) and "/vendor/" not in name
    }
    assert {name: lines for name, lines in lengths.items() if lines > MOST_LINES} == {}


def test_a_decision_fits_on_a_page():
    lengths = {n: text.count("\n") for n, text in texts() if n.startswith("docs/adr/")}
    assert lengths
    assert {
        name: lines for name, lines in lengths.items() if lines > MOST_LINES_OF_A_DECISION
    } == {}


def test_every_module_starts_with_a_caption():
    captions = {name: ast.get_docstring(tree) or "" for name, tree in modules()}
    assert [name for name, caption in captions.items() if not caption.strip()] == []


def test_no_registry_is_named():
    found = [(name, host) for name, text in texts() for host in HOSTS if host in text]
    assert found == []


def test_no_path_of_a_machine_is_named():
    found = [(name, hit[0]) for name, text in texts() for hit in MACHINE_PATH.finditer(text)]
    assert found == []


def test_a_path_of_a_machine_would_be_found():
    assert MACHINE_PATH.search('DATA = "/' + 'home/jan/data"')
    assert not MACHINE_PATH.search("https://example.nl/" + "home/page")


def test_no_lock_file_with_addresses_is_kept():
    assert [path for path in tracked() if path.name in LOCKS_WITH_ADDRESSES] == []
