"""Writes every kind of page of every role, on desktop and phone, into docs/screens."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from eventlog.embedded import start
from tests.browser.person import Person, arrive
from tests.browser.serving import served
from tests.browser.walking import Found, walk
from tests.demo.region import DemoRegion
from tests.postgres import SHARED, fresh_database
from tests.tools import chromium

SCREENS = Path(__file__).parents[2] / "docs" / "screens"
VIEWS = {"desktop": (1280, 720), "phone": (390, 844)}


def name_of(page: Found, view: str) -> str:
    """Name a picture by role, page and view; the pages of a file are named as such."""
    path = page.kind.replace("/traject/{id}", "/dossier").strip("/")
    return f"{page.role}-{path.replace('/', '-')}-{view}.png"


def write(page: Found, who: Person) -> Iterator[Path]:
    """Write one page in every view."""
    who.go(page.path)
    for view, (width, height) in VIEWS.items():
        who.page.set_viewport_size({"width": width, "height": height})
        path = SCREENS / name_of(page, view)
        who.page.screenshot(path=path)
        yield path


@contextmanager
def _region() -> Iterator[DemoRegion]:
    # Not the usual place for such folders: that may be closed to the user of the server.
    with (
        TemporaryDirectory(prefix="samenspoor-", dir=SHARED) as folder,
        start(Path(folder) / "data") as server,
        fresh_database(server) as database,
    ):
        region = DemoRegion(database)
        try:
            yield region
        finally:
            region.close()


def main() -> None:
    """Write them all; those of before are replaced."""
    path = chromium.found()
    if path is None:
        raise SystemExit(f"{chromium.MISSING}: apt-get install chromium")
    for old in SCREENS.glob("*.png"):
        old.unlink()
    count = 0
    with _region() as region:
        pages = [each for each in walk(region)[0] if "?" not in each.kind]
        with served(region) as site, chromium.started(path) as browser:
            for persona in {each.persona: None for each in pages}:
                who = arrive(browser, site, persona)
                for page in (each for each in pages if each.persona == persona):
                    count += len(list(write(page, who)))
                who.page.context.close()
    print(f"{count} pictures in {SCREENS.relative_to(Path.cwd())}")


if __name__ == "__main__":
    main()
