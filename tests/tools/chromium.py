"""Finds Debian's Chromium, starts it for a browser test, and says what was not run without it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
MISSING = "no Chromium on the PATH"
_LOOPBACK = "127.0.0.1"
_FLAGS = (
    "--disable-gpu",
    "--disable-lcd-text",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Whatever a page asks for, no name outside this machine is looked up.
    f"--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE {_LOOPBACK}",
)


def found() -> str | None:
    """Give where a Chromium is; None when there is none."""
    return next((path for path in map(shutil.which, NAMES) if path is not None), None)


@contextmanager
def started(path: str) -> Iterator[Browser]:
    """Start it without a window, and end it afterwards."""
    # Its own sandbox refuses to run under root, as on a build machine.
    as_root = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=[*_FLAGS, *as_root])
        try:
            yield browser
        finally:
            browser.close()


def not_run(reports: Iterable[Any]) -> str | None:
    """Word how many tests there was no browser for; None when there was one."""
    count = sum(
        1
        for report in reports
        if getattr(report, "skipped", False) and MISSING in str(report.longrepr)
    )
    if not count:
        return None
    return f"{count} browser tests were not run: {MISSING} (apt-get install chromium)"
